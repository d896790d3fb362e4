/// The command lines of the programs that a controller starts: names and values, nothing else.
///
/// The commands for people are picocli's. These programs are started in the middle of an outage,
/// and to read and verify picocli's classes (of a class file version that the JVM's caches leave
/// out) takes longer than the rest of a start.
@NullMarked
package org.edgeplex.state.cli.program;

import org.jspecify.annotations.NullMarked;
