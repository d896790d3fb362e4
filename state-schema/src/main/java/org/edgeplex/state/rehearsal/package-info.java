/// What a program does before its own work in the one run that the JVM records for later starts
/// (JEP 483, 514): it uses each engine of the store, so that a start on any of them finds its
/// classes and lambdas read, verified and linked. A start on RAMCloud takes twice the CPU time
/// without.
@NullMarked
package org.edgeplex.state.rehearsal;

import org.jspecify.annotations.NullMarked;
