package org.edgeplex.state.ramcloud.wire;

import java.util.Arrays;
import java.util.List;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.Status;

/// One request of a lane: an operation alone, or a MULTI_OP.
final class Batch extends Request {
    private static final long DELAY_MICROS_MAX = 200_000;

    private final Kind kind;
    private final List<Part> parts;
    private final int items;
    private final Lane lane;
    private final Server server;
    private final Retries retries;
    private final boolean multi;

    /// How much of the reply was taken: parts, items of the next part, and those of these that had
    /// no result.
    private int partsTaken;

    private int itemsTaken;
    private int[] open = {};
    private int openCount;
    private Verdict worst = Verdict.DONE;
    private boolean finished;

    Batch(Kind kind, List<Part> parts, int items, Lane lane, Server server, Retries retries) {
        this.kind = kind;
        this.parts = parts;
        this.items = items;
        this.lane = lane;
        this.server = server;
        this.retries = retries;
        // A write that has no number is an item, though it is alone.
        this.multi = items > 1 || kind.linear && parts.getFirst().linear == null;
    }

    @Override
    void encode(FrameWriter out) {
        Part first = parts.getFirst();
        if (items == 1) {
            first.call.encode(out, first.indices[0], first.linear);
            return;
        }
        Requests.multiOp(out, kind.multiType, items);
        for (Part part : parts) {
            for (int index : part.indices) {
                part.call.encodeItem(out, index);
            }
        }
    }

    @Override
    void answered(byte[] payload) {
        // The server has work again before we look at what it answered.
        finish();
        FrameReader reply = new FrameReader(payload);
        int status = reply.u32();
        if (!multi) {
            Part part = parts.getFirst();
            settle(part, part.call.answer(part.indices[0], status, reply, false), status, reply);
        } else if (status != Status.OK) {
            refuse(status, reply);
        } else {
            takeItems(reply);
        }
    }

    private void settle(Part part, Verdict verdict, int status, FrameReader reply) {
        partsTaken = 1;
        if (verdict == Verdict.DONE) {
            retries.forget(part);
            answered(part, part.indices[0]);
        } else {
            trouble(part, status);
            retries.again(part, verdict, delayMicros(status, reply));
        }
    }

    /// None of the items was done.
    private void refuse(int status, FrameReader reply) {
        Verdict verdict = Verdict.of(status);
        long delay = delayMicros(status, reply);
        for (Part part : parts) {
            partsTaken++;
            if (verdict == Verdict.DONE) {
                part.call.endWith(
                        ClusterFailures.refused(
                                "do a batch", part.call.tableId(part.indices[0]), status));
            } else {
                trouble(part, status);
                retries.again(part, verdict, delay);
            }
        }
    }

    private void takeItems(FrameReader reply) {
        int count = reply.u32();
        if (count < 0 || count > items) {
            throw new MalformedReplyException(
                    "%d answers to %d operations".formatted(count, items));
        }
        // Reads that would not fit into one reply are left out, and are asked for again at once.
        Verdict left = count == 0 ? Verdict.RETRY : Verdict.CONTINUE;
        for (Part part : parts) {
            int here = Math.min(count, part.indices.length);
            count -= here;
            takeItems(part, here, reply);
            resubmit(part, worst == Verdict.DONE ? left : worst);
            partsTaken++;
        }
    }

    private void takeItems(Part part, int count, FrameReader reply) {
        openCount = 0;
        worst = Verdict.DONE;
        for (itemsTaken = 0; itemsTaken < count; itemsTaken++) {
            int index = part.indices[itemsTaken];
            int status = reply.u32();
            Verdict verdict = part.call.answer(index, status, reply, true);
            if (verdict == Verdict.DONE) {
                answered(part, index);
            } else {
                trouble(part, status);
                worst = verdict.compareTo(worst) > 0 ? verdict : worst;
                open(part, index);
            }
        }
    }

    private static void answered(Part part, int index) {
        if (part.repeated) {
            part.call.repeated(index);
        }
        part.call.answeredOne();
    }

    private void open(Part part, int index) {
        if (open.length < part.indices.length) {
            open = Arrays.copyOf(open, part.indices.length);
        }
        open[openCount++] = index;
    }

    /// What had no result, and what the reply did not reach.
    private void resubmit(Part part, Verdict why) {
        int beyond = part.indices.length - itemsTaken;
        if (openCount + beyond == 0) {
            return;
        }
        int[] rest = Arrays.copyOf(open, openCount + beyond);
        System.arraycopy(part.indices, itemsTaken, rest, openCount, beyond);
        openCount = 0;
        itemsTaken = 0;
        retries.again(part.rest(rest), why, 0);
    }

    @Override
    void lost(String why) {
        for (Part part : parts.subList(partsTaken, parts.size())) {
            part.maybeDone = true;
            part.repeated |= part.linear == null;
        }
        unsent(why);
    }

    /// It did not leave this machine.
    void unsent(String why) {
        finish();
        retries.suspect(server);
        for (Part part : parts.subList(partsTaken, parts.size())) {
            part.call.trouble(server.locator() + ": " + why);
            resubmit(part, Verdict.REROUTE);
        }
    }

    private void finish() {
        if (!finished) {
            finished = true;
            lane.finished();
        }
    }

    private void trouble(Part part, int status) {
        part.call.trouble(server.locator() + ": " + Status.name(status));
    }

    /// The middle of the range that the server gave, which some need long for: not longer than what
    /// makes sense for us.
    private static long delayMicros(int status, FrameReader reply) {
        if (status != Status.RETRY || reply.remaining() < Long.BYTES) {
            return 0;
        }
        long least = Integer.toUnsignedLong(reply.u32());
        long most = Integer.toUnsignedLong(reply.u32());
        return Math.clamp((least + most) / 2, 0, DELAY_MICROS_MAX);
    }
}
