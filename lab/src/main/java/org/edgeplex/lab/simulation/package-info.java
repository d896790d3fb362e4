/// The platform on one thread, one seed and no clock: processes and a store with a network between
/// them that delays, loses, doubles and reorders, processes that stall, die and are replaced while
/// they still run, and the checks that must hold whatever happens.
///
/// ```
///   Campaign ──> Simulation(seed) ──> World ──> SimProcess ──> AwaitedStore ──> RecordingStore
///      │              │                 │         (Strand)                            │
///   Shrinker      FaultPlan           SimLoop     StoreServer <── Network <── SimStore
/// ```
///
/// What runs is the production code: [org.edgeplex.state.client.Leases],
/// [org.edgeplex.state.client.StateFeed], [org.edgeplex.cvm.label.LabelAllocator],
/// [org.edgeplex.state.client.Timers] and [org.edgeplex.state.client.TimerOwner]. Some of it
/// blocks, so each process has a [Strand]: a thread that runs only while everything else stands
/// still, and gives way where it would wait for the store; what is made of callbacks runs on a
/// [StrandLoop] there. So a run is a function of its seed and its faults.
///
/// To add an inhabitant: write an [Inhabitant] that lives with a [SimProcess] until it is killed,
/// place it in a [Scenario] with the checks that its work must pass, and name the scenario in
/// [Scenarios]. A check that no planted mistake can fail is worth nothing: plant one in
/// `PlantedMistakesTest`.
///
/// What it is not: no load test, no test of an engine's own input and output; the contract suites
/// and the lab are.
@NullMarked
package org.edgeplex.lab.simulation;

import org.jspecify.annotations.NullMarked;
