package org.edgeplex.state.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Whom a TLS connection trusts.
final class Trust {
    private Trust() {}

    static SSLSocketFactory factory(Tls tls) throws IOException, GeneralSecurityException {
        SSLContext context =
                switch (tls) {
                    case Tls.Off() -> throw new IllegalStateException("no TLS was asked for");
                    case Tls.SystemTrust() -> SSLContext.getDefault();
                    case Tls.CaFile(Path file) -> trusting(file);
                };
        return context.getSocketFactory();
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + count++, each);
            }
        }
        if (count == 0) {
            throw new CertificateException("no certificate in " + file);
        }
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
