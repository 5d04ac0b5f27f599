using System.Globalization;
using System.Net;
using System.Net.Security;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Forwarding;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace Gateway.Proxy.Notices;

/// <summary>Tells by e-mail: plain text, one message to all of the channel's addresses, by the one server that it names.</summary>
internal sealed class MailPost(
    NoticesOptions options,
    ConsoleAddress console,
    CredentialStage credentials,
    OutgoingConnections connections,
    TrustedIssuers issuers,
    TimeProvider time
) : INoticePost
{
    /// <exception cref="CredentialSourceException">The password can't be had.</exception>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async Task<Delivery> SendAsync(NotificationChannel channel, NoticeRecord notice, CancellationToken cancellationToken)
    {
        if (channel.Smtp is not { Tls: not MailTls.Unspecified } server)
        {
            return Delivery.Failed("It has no server that mail could go to.");
        }

        using var message = Write(channel, server, notice);
        var egress = new Egress(
            channel.Name,
            [string.Create(CultureInfo.InvariantCulture, $"{Bracketed(server.Host)}:{server.Port}")],
            channel.Scope,
            connections
        );
        await using var connection = await egress.ConnectAsync(server.Host, server.Port, cancellationToken);
        using var client = new GuardedClient();
        client.CheckCertificateRevocation = false; // A list would be fetched from where the certificate says, past the egress rules.
        client.ServerCertificateValidationCallback = issuers.Accept;
        client.Timeout = (int)options.Deadline.TotalMilliseconds;
        try
        {
            await client.ConnectAsync(connection, server.Host, server.Port, SecurityOf(server.Tls), cancellationToken);
            if (server is { Username: { } user, Password: { } reference })
            {
                var password = await credentials.FetchAsync(channel.Tenant, reference, cancellationToken);
                await client.AuthenticateAsync(new NetworkCredential(user, password.Reveal().Trim()), cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
            return Delivery.Sent;
        }
        catch (SmtpCommandException e)
        {
            return Delivery.Failed(string.Create(CultureInfo.InvariantCulture, $"The mail server answered {(int)e.StatusCode}."));
        }
        catch (SslHandshakeException)
        {
            return Delivery.Failed("The mail server's certificate isn't one for its name by whom the machine or TlsCaFile trusts.");
        }
        catch (AuthenticationException)
        {
            return Delivery.Failed("The mail server doesn't take the user name and the password.");
        }
        catch (Exception e) when (e is SmtpProtocolException or NotSupportedException)
        {
            // What is not supported is STARTTLS, or any way to give a password.
            return Delivery.Failed(
                e is NotSupportedException
                    ? "The mail server doesn't offer what the channel needs: STARTTLS, or a password."
                    : "It speaks no SMTP."
            );
        }
    }

    /// <summary>Header by header as MIME has it: whatever a text holds, it begins no other header.</summary>
    private MimeMessage Write(NotificationChannel channel, MailServer server, NoticeRecord notice)
    {
        var text = NoticeText.Of(NoticeFacts.Read(notice.Facts), console.PageOf(notice.Approval));
        string[] lines = [.. text.Lines, .. text.Link.Length > 0 ? [$"To see it and decide: {text.Link}"] : Array.Empty<string>()];
        var message = new MimeMessage
        {
            Subject = text.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{notice.Id}@{server.From[(server.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
            Body = new TextPart(TextFormat.Plain)
            {
                Text = string.Join("\r\n", [text.Subject, "", .. lines, ""]),
                ContentTransferEncoding = ContentEncoding.QuotedPrintable,
            },
        };
        message.From.Add(new MailboxAddress("Gateway", server.From));
        message.To.AddRange(channel.To.Select(address => new MailboxAddress(null, address)));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it.
        return message;
    }

    private static SecureSocketOptions SecurityOf(MailTls tls) =>
        tls switch
        {
            MailTls.StartTls => SecureSocketOptions.StartTls,
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            MailTls.None => SecureSocketOptions.None,
            MailTls.Unspecified => throw new ArgumentOutOfRangeException(nameof(tls), "Nobody said how mail is encrypted."),
        };

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    /// <summary>As for connectors, nothing is fetched from where a certificate says.</summary>
    private sealed class GuardedClient : SmtpClient
    {
        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string host,
            RemoteCertificateValidationCallback remoteCertificateValidationCallback
        )
        {
            var options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
            options.CertificateChainPolicy = GuardedHandler.OnlyWhatIsShown;
            return options;
        }
    }
}
