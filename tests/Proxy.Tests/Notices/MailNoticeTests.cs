using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Tests.Readers;
using MimeKit;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>People are told by e-mail, through a real mail server: encrypted, with a password, and as one plain text.</summary>
public sealed class MailNoticeTests : IDisposable
{
    private const string Package = "smtp-server";
    private const string Password = "correct horse";

    private readonly ReceiverCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [NodeFact(Package)]
    public Task Mail_goes_encrypted_by_starttls_to_a_server_that_proves_its_name() => GoesAsync("starttls");

    [NodeFact(Package)]
    public Task Mail_goes_encrypted_from_the_first_byte() => GoesAsync("implicit");

    private async Task GoesAsync(string tls)
    {
        await using var server = await ServerAsync(tls);
        await using var bench = await StartAsync(server, tls, "ops@example.com, ben@example.com");
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.Equal("", (await bench.OnlyAsync()).Problem);
        var got = await GotAsync(server);
        Assert.True(got.Secure);
        Assert.Equal(("gateway", "gateway@example.com"), (got.User, got.From));
        Assert.Equal(["ops@example.com", "ben@example.com"], got.To);
        using var mail = Read(got);
        Assert.Equal("payer asks for an approval of bank/refund", mail.Subject);
        Assert.Equal((await bench.OnlyAsync()).Id + "@example.com", mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Contains("Ada Sample", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://gateway.example.com/console/approvals/apr_one", mail.TextBody, StringComparison.Ordinal);
        Assert.All(
            [NoticeBench.Argument, "digest-of-the-view", Password],
            secret => Assert.DoesNotContain(secret, got.Raw, StringComparison.Ordinal)
        );
    }

    [NodeFact(Package)]
    public async Task Text_that_would_begin_another_header_or_hide_is_spelt_out()
    {
        await using var server = await ServerAsync("starttls");
        await using var bench = await StartAsync(server, "starttls", "ops@example.com");
        await bench.AskAsync(
            owner: "Eve\r\nBcc: eve@evil.example\r\n\r\n<script>\u202e\u200bГендальф\r\n.\r\nMAIL FROM:<eve@evil.example>"
        );

        await bench.SettleAsync();

        var got = await GotAsync(server);
        using var mail = Read(got);
        Assert.Equal(["ops@example.com"], got.To);
        Assert.Empty(mail.Bcc);
        Assert.DoesNotContain("\nBcc:", got.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("\nMAIL FROM", got.Raw, StringComparison.Ordinal);
        Assert.Contains("Eve\\u{d}\\u{a}Bcc: eve@evil.example", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<script>\\u{202e}\\u{200b}Гендальф", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("text/plain", mail.Body!.ContentType.MimeType);
    }

    [NodeFact(Package)]
    public async Task Server_without_starttls_gets_neither_the_mail_nor_the_password()
    {
        await using var server = await ServerAsync("plain");
        await using var bench = await StartAsync(server, "starttls", "ops@example.com");
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.Contains("doesn't offer", (await bench.OnlyAsync()).Problem, StringComparison.Ordinal);
    }

    [NodeFact(Package)]
    public async Task Server_whose_certificate_nobody_trusts_gets_nothing()
    {
        await using var server = await ServerAsync("starttls");
        await using var bench = await StartAsync(server, "starttls", "ops@example.com", isTrusted: false);
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.Contains("certificate", (await bench.OnlyAsync()).Problem, StringComparison.Ordinal);
    }

    [NodeFact(Package)]
    public async Task Issuer_is_not_fetched_from_where_a_certificate_says()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var certificates = new ReceiverCertificates($"http://{elsewhere.LocalEndpoint}/issuer.cer");
        await using var server = await ReaderProcess.NodeAsync("mail.mjs", Package, "starttls", certificates.Key, certificates.Certificate);
        await using var bench = await StartAsync(server, "starttls", "ops@example.com", isTrusted: false);
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.False(elsewhere.Pending());
        Assert.Contains("certificate", (await bench.OnlyAsync()).Problem, StringComparison.Ordinal);
    }

    [NodeFact(Package)]
    public async Task Server_without_encryption_is_used_where_the_document_says_so()
    {
        await using var server = await ServerAsync("plain");
        await using var bench = await NoticeBench.StartAsync([
            (
                "mail",
                $"{{type: email, to: [ops@example.com], smtp: {{host: 127.0.0.1, port: {server.Address.Port}, tls: none, "
                    + "from: gateway@example.com}}"
            ),
        ]);
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.Equal(("", false), ((await bench.OnlyAsync()).Problem, (await GotAsync(server)).Secure));
    }

    [NodeFact(Package)]
    public async Task Wrong_password_is_said_without_it()
    {
        await using var server = await ServerAsync("starttls");
        await using var bench = await StartAsync(server, "starttls", "ops@example.com");
        bench.PutSecret("mail", "another-password");
        await bench.AskAsync();

        await bench.SettleAsync();

        var failed = await bench.OnlyAsync();
        Assert.Contains("doesn't take", failed.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("another-password", failed.Problem, StringComparison.Ordinal);
    }

    [NodeFact(Package)]
    public async Task Refused_mail_is_tried_five_times_and_then_a_dead_letter_that_can_be_sent_again()
    {
        await using var server = await ServerAsync("starttls");
        await using var bench = await StartAsync(server, "starttls", "refused@example.com");
        await bench.AskAsync();

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await bench.SettleAsync();
            Assert.Equal(attempt, (await bench.OnlyAsync()).Attempts);
            bench.Time.Advance(attempt == 5 ? TimeSpan.Zero : (await bench.OnlyAsync()).Due - bench.Time.GetUtcNow());
        }

        var dead = await bench.OnlyAsync();
        Assert.Equal((NoticeState.Dead, "The mail server answered 550."), (dead.State, dead.Problem)); // And nothing that it said.
        Assert.True(await bench.Notices.ResendAsync(NoticeBench.Demo, dead.Id, bench.Time.GetUtcNow(), CancellationToken.None));
        await bench.SettleAsync();
        Assert.Equal((NoticeState.Waiting, 1), ((await bench.OnlyAsync()).State, (await bench.OnlyAsync()).Attempts));
    }

    private Task<ReaderProcess> ServerAsync(string mode) =>
        ReaderProcess.NodeAsync("mail.mjs", Package, mode, _certificates.Key, _certificates.Certificate);

    private async Task<NoticeBench> StartAsync(ReaderProcess server, string tls, string to, bool isTrusted = true)
    {
        var bench = await NoticeBench.StartAsync(
            [
                (
                    "mail",
                    $"{{type: email, to: [{to}], smtp: {{host: 127.0.0.1, port: {server.Address.Port}, tls: {tls}, "
                        + "from: gateway@example.com, username: gateway, password: vault://files/mail}}"
                ),
            ],
            console: "https://gateway.example.com",
            issuers: isTrusted ? _certificates.Issuers : []
        );
        bench.PutSecret("mail", Password);
        return bench;
    }

    private static async Task<GotMail> GotAsync(ReaderProcess server) =>
        JsonSerializer.Deserialize<GotMail>(await server.NextLineAsync(), JsonSerializerOptions.Web)!;

    private static MimeMessage Read(GotMail got)
    {
        using var raw = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(got.Raw));
        return MimeMessage.Load(raw);
    }

    private sealed record GotMail(string User, bool Secure, string From, IReadOnlyList<string> To, string Raw);
}
