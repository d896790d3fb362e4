package org.edgeplex.state.history;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// One object as the contract describes it: the sequential model of the search.
///
/// A write without an answer gives the object a version that nobody was told: it is [#UNTOLD] until
/// the first answer that shows it.
///
/// @param version 0: there is no such object
record KeyState(Bytes value, long version) {
    static final KeyState ABSENT = new KeyState(Bytes.EMPTY, 0);
    static final long UNTOLD = -1;

    boolean isPresent() {
        return version != 0;
    }

    /// The state behind the call; empty when the call could not have been answered like this here.
    ///
    /// @param told to which writes a version was given in an answer: to one each
    Optional<KeyState> after(Operation operation, Map<Long, Operation> told) {
        return switch (operation.call()) {
            case Call.Read(_, _, Lookup.Absent()) -> isPresent() ? Optional.empty() : same();
            case Call.Read(_, _, Lookup.Found(Bytes found, long shown)) ->
                    found.equals(value) ? shown(shown, told) : Optional.empty();
            case Call.Wrote(_, WriteOutcome.Written(long version))
                    when version != 0 && !operation.equals(told.get(version)) ->
                    Optional.empty();
            case Call.Wrote wrote -> afterWrite(wrote, told);
            case Call.Added added -> afterAdd(added);
        };
    }

    private Optional<KeyState> afterWrite(Call.Wrote call, Map<Long, Operation> told) {
        return switch (call.outcome()) {
            case WriteOutcome.Written(long version) ->
                    holds(call.write().expect(), told)
                            ? written(call.write(), version)
                            : Optional.empty();
            case WriteOutcome.Unknown(_) ->
                    holds(call.write().expect(), told)
                            ? written(call.write(), UNTOLD)
                            : Optional.empty();
            case WriteOutcome.Conflict(long current) -> {
                boolean wouldHold = EngineRules.holds(call.write().expect(), current);
                yield wouldHold ? Optional.empty() : shown(current, told);
            }
            // Nothing changed, and when it may be answered is not this object's affair.
            case WriteOutcome.Fenced(_) -> same();
        };
    }

    private Optional<KeyState> afterAdd(Call.Added call) {
        long before;
        try {
            before = isPresent() ? EngineRules.counter(call.table(), call.key(), value) : 0;
        } catch (DamagedRecordException notACounter) {
            return Optional.empty();
        }
        OptionalLong sum = call.sum();
        long after = before + call.delta();
        return sum.isPresent() && sum.getAsLong() != after
                ? Optional.empty()
                : Optional.of(new KeyState(EngineRules.counter(after), UNTOLD));
    }

    private static Optional<KeyState> written(Write write, long version) {
        return switch (write) {
            case Write.Put put ->
                    version == 0
                            ? Optional.empty()
                            : Optional.of(new KeyState(put.value(), version));
            case Write.Remove _ -> Optional.of(ABSENT);
        };
    }

    /// An untold version may be any that was not told.
    private boolean holds(Expect expect, Map<Long, Operation> told) {
        return version == UNTOLD && expect instanceof Expect.Version(long expected)
                ? expected != 0 && !told.containsKey(expected)
                : EngineRules.holds(expect, version);
    }

    private Optional<KeyState> shown(long current, Map<Long, Operation> told) {
        if (current == version) {
            return same();
        }
        return version == UNTOLD && current != 0 && !told.containsKey(current)
                ? Optional.of(new KeyState(value, current))
                : Optional.empty();
    }

    private Optional<KeyState> same() {
        return Optional.of(this);
    }

    @Override
    public String toString() {
        return isPresent() ? value + (version == UNTOLD ? " v?" : " v" + version) : "absent";
    }
}
