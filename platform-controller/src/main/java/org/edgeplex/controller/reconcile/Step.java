package org.edgeplex.controller.reconcile;

import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.Vrf;

/// One thing to be done next. Each may be done again without harm.
public sealed interface Step {
    record RenderSelf(ProviderEdge self) implements Step {}

    /// Takes a number that nobody has.
    ///
    /// @param key such as `vlan/101`
    record Reserve(String key, String owner) implements Step {}

    record Unreserve(String key) implements Step {}

    record RenderVrf(int number, Vrf vrf) implements Step {}

    record RemoveVrf(int number) implements Step {}

    record RenderAttachment(int number, Attachment attachment) implements Step {}

    record RemoveAttachment(int number) implements Step {}

    /// The record of an instance shall say this; also how an instance is placed.
    record RecordInstance(String instance, Instance record) implements Step {}

    /// Fences whoever had the holder's lease, then starts.
    record StartProgram(String host, ProgramSpec spec) implements Step {}

    /// Fences, then kills.
    record KillProgram(String host, RunningProgram program, String reason) implements Step {}

    record StopProgram(String host, RunningProgram program) implements Step {}

    /// The bridge itself, once in each life of the controller.
    record EnsureBridge() implements Step {}

    record EnsurePort(PortSpec port) implements Step {}

    record RemovePort(String port) implements Step {}

    record ApplySteering(SteeringPlan plan) implements Step {}

    /// In place of the attachment's control process, which is fenced.
    record WithdrawRoutes(int attachmentNumber) implements Step {}

    /// In place of the CVM, which is fenced.
    record ReleaseLabel(int attachmentNumber) implements Step {}

    /// What the host made for it, its leases and its records, its own record last.
    record RemoveInstance(String instance, Instance record) implements Step {}

    record ForgetIntent(IntentKind kind, String key) implements Step {}

    enum IntentKind {
        SERVICE,
        NODE,
        ACCESS
    }
}
