/// What data planes count, as JSON: `edgeplex show dataplane --json` prints it, a controller
/// answers it, and whoever asked that reads it again.
@NullMarked
package org.edgeplex.telemetry.json;

import org.jspecify.annotations.NullMarked;
