package org.edgeplex.lab.simulation;

/// What a process does in one life, until it is killed or an exception ends it: a
/// [org.edgeplex.state.client.FencedException] or a [org.edgeplex.state.StoreException] as in
/// production, where it is started again. Any other is a mistake.
@FunctionalInterface
interface Inhabitant {
    void live(SimProcess process);
}
