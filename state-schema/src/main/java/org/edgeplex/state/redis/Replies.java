package org.edgeplex.state.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.turn.ReadingTurn;

/// The replies that come over one connection.
final class Replies implements ReadingTurn.Source {
    private final Connection from;
    private final Taker taker;
    private final List<Reply> replies = new ArrayList<>();

    /// Who takes them.
    interface Taker {
        /// Takes some, at least one.
        ///
        /// @throws IOException the connection is of no use any more
        void take(List<Reply> replies) throws IOException;

        /// Whether replies are to come.
        boolean isOwed();
    }

    Replies(Connection from, Taker taker) {
        this.from = from;
        this.taker = taker;
    }

    @Override
    public void read(long nanosMax) throws IOException {
        if (!from.await(nanosMax)) {
            return;
        }
        from.receive();
        for (Reply reply; (reply = from.received()) != null; ) {
            replies.add(reply);
        }
        if (!replies.isEmpty()) {
            taker.take(replies);
            replies.clear();
        }
    }

    @Override
    public void wakeUp() {
        from.wakeUp();
    }

    @Override
    public boolean mustBeRead() {
        return !from.isSelectable() || taker.isOwed();
    }
}
