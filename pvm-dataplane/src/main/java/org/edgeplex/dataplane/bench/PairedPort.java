package org.edgeplex.dataplane.bench;

import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.PacketVector;

/// One port made of two: packets come from the one and go to the other.
record PairedPort(PacketIo from, PacketIo to) implements PacketIo {
    @Override
    public int receive(PacketVector packets) {
        return from.receive(packets);
    }

    @Override
    public int transmit(PacketVector packets) {
        return to.transmit(packets);
    }

    @Override
    public int descriptor() {
        return from.descriptor();
    }

    @Override
    public void close() {
        from.close();
        to.close();
    }
}
