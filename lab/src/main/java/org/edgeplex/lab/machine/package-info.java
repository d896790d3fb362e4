/// What the lab does to the machine, and how it takes it back: commands, namespaces, processes.
///
/// Everything that a lab makes can be found again without asking who made it: each process carries
/// the lab's run directory in its environment, each namespace is in the journal before it exists.
/// So a lab can be cleaned up after a Ctrl-C, a crash, or a `kill -9` of its runner, by any other.
///
/// What it is not: it knows no routers and no topology.
@NullMarked
package org.edgeplex.lab.machine;

import org.jspecify.annotations.NullMarked;
