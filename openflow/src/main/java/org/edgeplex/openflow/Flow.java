package org.edgeplex.openflow;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// One entry of a flow table. No actions: the frame is dropped.
public record Flow(
        int tableId, int priority, long cookie, List<MatchField> match, List<FlowAction> actions) {
    /// What makes a flow the same flow for the switch (OpenFlow 1.4.0, section 6.4: strict).
    public record Key(int tableId, int priority, List<MatchField> match) {}

    public Flow {
        match = match.stream().sorted(MatchField::compare).toList();
        actions = List.copyOf(actions);
    }

    public Key key() {
        return new Key(tableId, priority, match);
    }

    public boolean isOurs() {
        return Cookies.isOurs(cookie);
    }

    public String matchText() {
        return match.stream().map(MatchField::toString).collect(Collectors.joining(","));
    }

    public String actionsText() {
        return actions.isEmpty()
                ? "drop"
                : actions.stream().map(FlowAction::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return "cookie=0x"
                + HexFormat.of().toHexDigits(cookie)
                + ", table="
                + tableId
                + ", priority="
                + priority
                + (match.isEmpty() ? "" : "," + matchText())
                + " actions="
                + actionsText();
    }
}
