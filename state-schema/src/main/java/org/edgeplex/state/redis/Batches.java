package org.edgeplex.state.redis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Write;
import org.edgeplex.state.redis.Sent.Batch;
import org.edgeplex.state.redis.Sent.Segment;
import org.jspecify.annotations.Nullable;

/// Writes in batches with the numbers of the client's session: which are sent together, in which
/// order, and what becomes of them when one is refused or the connection is lost.
final class Batches {
    /// As many as `write.lua` keeps answers of.
    static final int UNDER_WAY_MAX = 4;

    static final int WRITES_MAX = 128;
    static final int BYTES_MAX = 1 << 20;

    private static final Bytes NOT_IN_ORDER = Bytes.utf8("N");

    private final Layout layout;
    private final int replicas;
    private final int waitMillis;
    private final FinishedCalls finished;
    private final Deque<Segment> waiting = new ArrayDeque<>();

    /// Batches that were sent and are not done, or of which nobody knows: until all that is under
    /// way has come back.
    private final TreeMap<Long, Batch> open = new TreeMap<>();

    private long generation;
    private long sentNumber;
    private long doneNumber;
    private int underWay;
    private boolean isRewinding;
    private boolean isScriptWanted;

    Batches(Layout layout, int replicas, int waitMillis, FinishedCalls finished) {
        this.layout = layout;
        this.replicas = replicas;
        this.waitMillis = waitMillis;
        this.finished = finished;
    }

    void add(WriteCall call) {
        waiting.add(new Segment(call, 0, call.writes.size()));
    }

    int waiting() {
        return waiting.size();
    }

    /// Whether [#fill] has something to send.
    boolean hasWork() {
        return !waiting.isEmpty() && !isRewinding && underWay < UNDER_WAY_MAX;
    }

    /// Encodes the next batch; null: nobody waits any more.
    @Nullable Batch fill(RespWriter out) {
        Batch batch = next();
        if (batch.count == 0) {
            return null;
        }
        sentNumber = batch.number;
        layout.write(
                out,
                isScriptWanted,
                Long.toString(generation),
                batch.number,
                batch.segments,
                batch.count);
        // The server runs them in order: when this one is there, so is the script.
        isScriptWanted = false;
        open.put(batch.number, batch);
        underWay++;
        return batch;
    }

    private Batch next() {
        List<Segment> segments = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        for (Segment next; (next = waiting.poll()) != null; ) {
            if (next.call().isOver()) {
                continue;
            }
            int to = next.from();
            while (to < next.to() && count < WRITES_MAX) {
                long size = size(next.call().writes.get(to));
                if (count > 0 && bytes + size > BYTES_MAX) {
                    break;
                }
                bytes += size;
                count++;
                to++;
            }
            if (to > next.from()) {
                segments.add(new Segment(next.call(), next.from(), to));
            }
            if (to < next.to()) {
                waiting.addFirst(new Segment(next.call(), to, next.to()));
                break;
            }
        }
        return new Batch(sentNumber + 1, segments, count);
    }

    private static long size(Write write) {
        return write.key().length() + (write instanceof Write.Put put ? put.value().length() : 0L);
    }

    /// Takes the reply to a batch in.
    ///
    /// @throws IOException the connection is of no use any more
    void replied(Batch batch, Reply reply) throws IOException {
        if (reply instanceof Reply.Text(Bytes answer)) {
            if (Outcomes.areIn(answer, batch.count)) {
                done(batch, new Outcomes(answer));
                return;
            }
            // An earlier request was refused, and so is what follows it.
            if (!answer.equals(NOT_IN_ORDER) || !isRewinding) {
                throw new IOException("another connection has this client's session");
            }
            refused();
            return;
        }
        if (Errors.isNoScript(reply)) {
            isScriptWanted = true;
            refused();
            return;
        }
        refused();
        open.remove(batch.number);
        if (!(reply instanceof Reply.Failure failure)) {
            forEach(batch, segment -> segment.call().fail(Errors.unexpected(reply)));
        } else if (Errors.isWithoutEffect(failure)) {
            forEach(batch, segment -> segment.call().fail(Errors.of(failure)));
        } else {
            unknown(batch, Errors.text(failure));
        }
    }

    private void done(Batch batch, Outcomes outcomes) {
        doneNumber = batch.number;
        open.remove(batch.number);
        if (replicas == 0) {
            underWay--;
            decide(batch, outcomes, true);
        } else {
            batch.answered = outcomes;
        }
    }

    private void refused() {
        isRewinding = true;
        if (replicas == 0) {
            underWay--;
        }
    }

    /// The reply to the `WAIT` behind a batch.
    void confirmed(Batch batch, Reply reply) {
        underWay--;
        Outcomes outcomes = batch.answered;
        if (outcomes != null) {
            long count = reply instanceof Reply.I64(long value) ? value : 0;
            decide(batch, outcomes, count >= replicas);
        }
    }

    /// If all that was under way has come back: what was refused goes first, in its order.
    void rewindIfDue() {
        if (isRewinding && underWay == 0) {
            isRewinding = false;
            sentNumber = doneNumber;
            takeBack(new ArrayList<>(open.values()));
            open.clear();
        }
    }

    /// The server refused this batch, and so it does those that follow it: another one takes them.
    void notDone(Batch refused) {
        var following = open.tailMap(refused.number, true);
        takeBack(new ArrayList<>(following.values()));
        following.clear();
    }

    private void takeBack(List<Batch> batches) {
        for (Batch batch : batches.reversed()) {
            for (Segment segment : batch.segments.reversed()) {
                waiting.addFirst(segment);
            }
        }
    }

    private void decide(Batch batch, Outcomes outcomes, boolean confirmed) {
        int at = 0;
        for (Segment segment : batch.segments) {
            WriteCall call = segment.call();
            boolean wasOver = call.isOver();
            for (int i = segment.from(); i < segment.to(); i++, at++) {
                if (!confirmed && outcomes.kind(at) == Outcomes.WRITTEN) {
                    call.unknown(
                            i,
                            "done, but not confirmed by %d replicas within %d ms"
                                    .formatted(replicas, waitMillis));
                } else {
                    call.outcome(i, outcomes.kind(at), outcomes.number(at));
                }
            }
            finished.addIfOver(call, wasOver);
        }
    }

    private void unknown(Batch batch, String why) {
        forEach(
                batch,
                segment -> {
                    for (int i = segment.from(); i < segment.to(); i++) {
                        segment.call().unknown(i, why);
                    }
                });
    }

    private void forEach(Batch batch, Consumer<Segment> action) {
        for (Segment segment : batch.segments) {
            boolean wasOver = segment.call().isOver();
            action.accept(segment);
            finished.addIfOver(segment.call(), wasOver);
        }
    }

    /// The connection is gone: of what was under way [#resumed] will know.
    ///
    /// @param unconfirmed batches that were done and whose replicas were waited for
    void lost(List<Batch> unconfirmed) {
        unconfirmed.forEach(batch -> open.put(batch.number, batch));
        underWay = 0;
        isRewinding = false;
    }

    /// A new connection is there, and the session's next generation.
    void resumed(Session session) {
        boolean known = session.generation() == generation + 1;
        List<Batch> again = new ArrayList<>();
        for (Batch batch : open.values()) {
            if (known && batch.number > session.lastNumber()) {
                again.add(batch);
            } else if (known
                    && session.lastNumber() - batch.number < UNDER_WAY_MAX
                    && session.answers().get((int) (batch.number % UNDER_WAY_MAX))
                            instanceof Reply.Text(Bytes answer)
                    && Outcomes.areIn(answer, batch.count)) {
                decide(batch, new Outcomes(answer), session.replicas() >= replicas);
            } else {
                unknown(
                        batch,
                        "the connection was lost, and the server does not know this client any"
                                + " more");
            }
        }
        open.clear();
        takeBack(again);
        generation = session.generation();
        doneNumber = session.lastNumber();
        sentNumber = doneNumber;
    }

    /// Gives up what waits or is open and past its deadline.
    void expire(long nowNanos, String why) {
        open.values().forEach(batch -> expire(batch, nowNanos, why));
        waiting.removeIf(segment -> finished.expire(segment.call(), nowNanos, why));
    }

    void expire(Batch batch, long nowNanos, String why) {
        batch.segments.forEach(segment -> finished.expire(segment.call(), nowNanos, why));
    }

    /// Ends all there is.
    void abandon(String why) {
        waiting.forEach(segment -> finished.giveUp(segment.call(), why));
        open.values().forEach(batch -> abandon(batch, why));
        waiting.clear();
        open.clear();
    }

    void abandon(Batch batch, String why) {
        batch.segments.forEach(segment -> finished.giveUp(segment.call(), why));
    }
}
