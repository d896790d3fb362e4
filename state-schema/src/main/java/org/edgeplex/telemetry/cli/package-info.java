/// `edgeplex show`: what the programs of this machine count, read from their counters files.
@NullMarked
package org.edgeplex.telemetry.cli;

import org.jspecify.annotations.NullMarked;
