package org.edgeplex.ldp.fsm;

/// What the hello adjacency machine wants done, in order.
public sealed interface AdjacencyAction {
    /// Starts the hold timer, or starts it over.
    record StartHoldTimer(int seconds) implements AdjacencyAction {}

    record StopHoldTimer() implements AdjacencyAction {}

    /// Answer at once, so that the neighbour need not wait for our next periodic Hello.
    record SendHello() implements AdjacencyAction {}

    record ReportUp() implements AdjacencyAction {}

    record ReportDown() implements AdjacencyAction {}
}
