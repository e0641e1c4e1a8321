// The one script of every page. Each module stands alone; the build joins them in this order, each in a block of its own.
import "./reading-aids.js";
import "./read-aloud.js";
import "./copy-link.js";
import "./shortcuts.js";
import "./lost-page.js";
