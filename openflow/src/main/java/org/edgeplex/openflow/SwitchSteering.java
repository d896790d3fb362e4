package org.edgeplex.openflow;

import java.util.List;

/// The flows of one bridge of the switch: the seam between the controller and OpenFlow.
///
/// Level-triggered: the caller says what shall be, as often as it likes, and the implementation
/// compares with what is. Calls block, never past the implementation's deadline; any thread may
/// call.
public interface SwitchSteering extends AutoCloseable {
    /// Makes the bridge's flows of ours those of `plan`, all at once or not at all. A plan that is
    /// already there sends nothing.
    ///
    /// The plan last given is put back, unasked, when the switch returns after it was away.
    SwitchOutcome<SteeringReport> apply(SteeringPlan plan);

    /// All flows of the bridge, ours and foreign, in the order of table and falling priority.
    SwitchOutcome<List<FlowEntry>> flows();

    /// Ends the connection. The flows stay: a controller that goes takes nothing with it.
    @Override
    void close();
}
