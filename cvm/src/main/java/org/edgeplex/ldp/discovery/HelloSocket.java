package org.edgeplex.ldp.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.edgeplex.ldp.wire.IanaLdp;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// UDP port 646 on one interface: sends to all routers of the link and hands over what arrives.
///
/// The kernel delivers multicast of other interfaces to the same port too; `LinkDiscovery` sorts
/// those out by their source.
public final class HelloSocket implements AutoCloseable {
    /// Called on the receiving thread.
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(Ipv4Address source, byte[] datagram) throws InterruptedException;
    }

    /// "All routers on this subnet" (RFC 5036, section 2.4.1).
    private static final Ipv4Address ALL_ROUTERS = Ipv4Address.parse("224.0.0.2");

    /// DSCP CS6, network control, as the field's LSRs mark it.
    private static final int TRAFFIC_CLASS = 0xc0;

    private static final Logger LOG = LoggerFactory.getLogger(HelloSocket.class);

    private final DatagramChannel channel;
    private final InetSocketAddress group;

    private HelloSocket(DatagramChannel channel, InetSocketAddress group) {
        this.channel = channel;
        this.group = group;
    }

    public static HelloSocket open(String interfaceName) throws IOException {
        NetworkInterface link = NetworkInterface.getByName(interfaceName);
        if (link == null) {
            throw new IOException("no interface " + interfaceName);
        }
        InetAddress allRouters = InetAddress.getByAddress(ALL_ROUTERS.toBytes());
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            channel.setOption(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS);
            channel.bind(new InetSocketAddress(IanaLdp.PORT));
            channel.join(allRouters, link);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new HelloSocket(channel, new InetSocketAddress(allRouters, IanaLdp.PORT));
    }

    /// A hello that cannot be sent is like one lost on the wire: the next one follows.
    public void send(byte[] pdu) {
        try {
            channel.send(ByteBuffer.wrap(pdu), group);
        } catch (ClosedChannelException e) {
            LOG.debug("not sending a hello: closed");
        } catch (IOException e) {
            LOG.warn("cannot send a hello: {}", e.getMessage());
        }
    }

    /// Receives until closed.
    public void receiveLoop(Receiver receiver) throws InterruptedException {
        ByteBuffer buffer =
                ByteBuffer.allocate(LdpPdu.HEADER_BYTES + LdpPdu.DEFAULT_MAX_LENGTH_BYTES + 1);
        while (channel.isOpen()) {
            buffer.clear();
            try {
                if (channel.receive(buffer) instanceof InetSocketAddress from) {
                    byte[] datagram = new byte[buffer.position()];
                    buffer.flip().get(datagram);
                    receiver.onDatagram(
                            Ipv4Address.of(from.getAddress().getAddress(), 0), datagram);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A link that goes down reports ENETDOWN once; it may come back.
                LOG.warn("cannot receive hellos: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
