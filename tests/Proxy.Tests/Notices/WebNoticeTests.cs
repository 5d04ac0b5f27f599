using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Notices;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Readers;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>People are told by webhooks: signed, tried again, and never more than that there is something to decide.</summary>
public sealed class WebNoticeTests
{
    private const string Package = "standardwebhooks";

    [NodeFact(Package)]
    public async Task Webhook_is_signed_and_tells_who_asks_for_what_and_nothing_to_decide_by()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await StartAsync(reader, "https://gateway.example.com/");
        bench.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        await bench.AskAsync();

        await bench.SettleAsync();

        var seen = Assert.Single(await reader.SeenAsync());
        Assert.True(seen.Valid);
        Assert.Equal((await bench.OnlyAsync()).Id, seen.Id);
        using var json = JsonDocument.Parse(seen.Body);
        var data = json.RootElement.GetProperty("data");
        Assert.Equal("approval.asked", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(("payer", "bank", "refund"), (Text(data, "agent"), Text(data, "connector"), Text(data, "operation")));
        Assert.Equal(("Ada Sample", "low", "pending"), (Text(data, "owner"), Text(data, "risk"), Text(data, "state")));
        Assert.Equal("treasury", data.GetProperty("groups")[0].GetString());
        Assert.Equal("https://gateway.example.com/console/approvals/apr_one", Text(data, "link"));
        Assert.All(
            [NoticeBench.Argument, "digest-of-the-view", "digest-of-the-action", "d-1"],
            secret => Assert.DoesNotContain(secret, seen.Body, StringComparison.Ordinal)
        );
        Assert.Equal(NoticeState.Sent, (await bench.OnlyAsync()).State);
    }

    [NodeFact(Package)]
    public async Task Notice_fails_five_times_lands_in_the_dead_letters_and_is_sent_again()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await StartAsync(reader);
        await reader.AnswerAsync(503, 500, 404, 302, 429);
        await bench.AskAsync();

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await bench.SettleAsync();
            await bench.SettleAsync(); // Nothing before its time.
            Assert.Equal(attempt, (await reader.SeenAsync()).Count);
            bench.Time.Advance(attempt == 5 ? TimeSpan.Zero : (await bench.OnlyAsync()).Due - bench.Time.GetUtcNow());
        }

        var dead = await bench.OnlyAsync();
        Assert.Equal((NoticeState.Dead, 5, "It answered 429."), (dead.State, dead.Attempts, dead.Problem));
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.SettleAsync();
        Assert.Equal(5, (await reader.SeenAsync()).Count);

        Assert.True(await bench.Notices.ResendAsync(NoticeBench.Demo, dead.Id, bench.Time.GetUtcNow(), CancellationToken.None));
        await bench.SettleAsync();

        var seen = await reader.SeenAsync();
        Assert.Equal((6, true), (seen.Count, seen[5].Valid));
        Assert.All(seen, one => Assert.Equal((dead.Id, "/in", seen[0].Body), (one.Id, one.Path, one.Body)));
        Assert.Equal(NoticeState.Sent, (await bench.OnlyAsync()).State);
        Assert.Equal(
            ["webhook failed", "webhook failed", "webhook failed", "webhook failed", "webhook dead", "webhook sent"],
            bench.Counted
        );
        var notes = await bench.Store.UnrecordedAsync(NoticeBench.Demo, CancellationToken.None);
        Assert.Equal(
            [GovernedChange.ApprovalAsked, GovernedChange.NoticeDead, GovernedChange.NoticeResent],
            notes.Select(note => note.Kind)
        );
    }

    [NodeFact(Package)]
    public async Task Each_of_several_secrets_signs_so_that_they_can_be_changed()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([
            ("hook", $"{{type: webhook, url: {reader.Address}, secrets: [vault://files/new, vault://files/hook]}}"),
        ]);
        bench.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        bench.PutSecret("hook", WebhookReader.Secret);
        bench.PutSecret("new", "whsec_" + Convert.ToBase64String(new byte[64]));
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.True(Assert.Single(await reader.SeenAsync()).Valid);
    }

    [NodeFact(Package)]
    public async Task Channel_gets_the_events_that_it_names_of_the_groups_that_it_names()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([
            ("hook", $"{{{Spec(reader)}, events: [approval_decided], groups: [treasury]}}"),
        ]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();
        await bench.SettleAsync();
        Assert.Empty(await reader.SeenAsync());

        var vote = new ApprovalVote("cleo", Approves: false, "digest-of-the-view", bench.Time.GetUtcNow(), "why");
        await bench.Approvals.VoteAsync(NoticeBench.Demo, "apr_one", vote, CancellationToken.None);
        await bench.SettleAsync();

        using var json = JsonDocument.Parse(Assert.Single(await reader.SeenAsync()).Body);
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(("denied", "cleo: no"), (Text(data, "state"), Text(data, "votes")));
    }

    [NodeFact(Package)]
    public async Task Emergency_is_told_to_those_who_were_passed_over_and_to_those_who_could_have_done_it_unless_they_want_none()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([
            ("everybody", $"{{{Spec(reader)}}}"),
            ("oncall", $"{{{Spec(reader)}, groups: [oncall]}}"),
            ("passed-over", $"{{{Spec(reader)}, groups: [treasury]}}"),
            ("other", $"{{{Spec(reader)}, events: [approval_ended]}}"),
        ]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();
        await bench.SettleAsync();
        var asked = await reader.SeenAsync();
        Assert.Equal(2, asked.Count); // Whoever could only break glass isn't asked.

        var glass = new BrokenGlass("flo", "digest-of-the-view", bench.Time.GetUtcNow(), "payroll\u202eis late", "INC-7");
        await bench.Approvals.BreakGlassAsync(NoticeBench.Demo, "apr_one", glass, perDay: 1, CancellationToken.None);
        await bench.SettleAsync();

        var told = (await bench.Notices.ListAsync(NoticeBench.Demo, null, 10, CancellationToken.None)).Where(one =>
            one.Event == NoticeEvent.ApprovalBrokenGlass
        );
        Assert.Equal(["everybody", "oncall", "passed-over"], told.Select(one => one.Channel).Order(StringComparer.Ordinal));
        var seen = (await reader.SeenAsync()).Skip(asked.Count).ToList();
        Assert.Equal(3, seen.Count);
        using var json = JsonDocument.Parse(seen[0].Body);
        var emergency = json.RootElement.GetProperty("data").GetProperty("emergency");
        Assert.Equal("approval.broken_glass", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(("flo", "INC-7"), (Text(emergency, "person"), Text(emergency, "ticket")));
        Assert.DoesNotContain("digest-of", seen[0].Body, StringComparison.Ordinal);
        var words = NoticeText.Of(NoticeFacts.Read(told.First().Facts), link: "");
        Assert.Contains("Why it couldn't wait: payroll\\u{202e}is late", words.Lines);
        Assert.Contains("flo lets bank/refund by payer go ahead", words.Subject, StringComparison.Ordinal);
    }

    [NodeFact(Package)]
    public async Task Receiver_that_wants_nothing_more_gets_nothing_more()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await StartAsync(reader);
        await reader.AnswerAsync(410);
        await bench.AskAsync();

        await bench.SettleAsync();

        Assert.Equal((NoticeState.Dead, 1), ((await bench.OnlyAsync()).State, (await bench.OnlyAsync()).Attempts));
    }

    [Theory]
    [InlineData("Retry-After: 600", 600)]
    [InlineData("Retry-After: 99999999", 3600)]
    [InlineData("Retry-After: nonsense", 5)]
    [InlineData("X-Other: 1", 5)]
    public async Task Receiver_may_say_how_long_it_wants_to_be_left_alone_within_a_bound(string header, int seconds)
    {
        using var system = new TcpListener(IPAddress.Loopback, 0);
        system.Start();
        await using var bench = await NoticeBench.StartAsync([("hook", Spec(system))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();

        var answered = AnswerAsync(system, $"HTTP/1.1 429 No\r\n{header}\r\nContent-Length: 0\r\n\r\n");
        await bench.SettleAsync();
        await answered;

        var wait = (await bench.OnlyAsync()).Due - bench.Time.GetUtcNow();
        Assert.InRange(wait.TotalSeconds, seconds, seconds * 1.2);
    }

    [Theory]
    [InlineData(true, NoticeState.Sent)]
    [InlineData(false, NoticeState.Waiting)]
    public async Task Receiver_behind_tls_gets_it_where_its_certificate_is_trusted(bool isTrusted, NoticeState state)
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var certificates = new ReceiverCertificates($"http://{elsewhere.LocalEndpoint}/issuer.cer");
        using var system = new TcpListener(IPAddress.Loopback, 0);
        system.Start();
        await using var bench = await NoticeBench.StartAsync(
            [("hook", Spec(system).Replace("http:", "https:", StringComparison.Ordinal))],
            issuers: isTrusted ? certificates.Issuers : []
        );
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();

        var read = ReadSecuredAsync(system, certificates);
        await bench.SettleAsync();

        Assert.Equal(state, (await bench.OnlyAsync()).State);
        Assert.Equal(isTrusted, (await read).Contains("webhook-signature", StringComparison.OrdinalIgnoreCase));
        Assert.False(elsewhere.Pending());
    }

    [Fact]
    public async Task Answer_is_read_no_further_than_its_head()
    {
        using var system = new TcpListener(IPAddress.Loopback, 0);
        system.Start();
        await using var bench = await NoticeBench.StartAsync([("hook", Spec(system))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();

        var answered = AnswerAsync(system, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nno end of it");
        await bench.SettleAsync();
        await answered;

        Assert.Equal(NoticeState.Sent, (await bench.OnlyAsync()).State);
    }

    [NodeFact(Package)]
    public async Task Channel_that_hangs_holds_up_no_other_and_fails_at_its_deadline()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([
            ("a-hangs", Spec(hanging)),
            ("b-hangs", Spec(hanging)),
            ("works", $"{{{Spec(reader)}}}"),
        ]);
        await reader.AnswerAsync(200);
        bench.PutSecret("hook", WebhookReader.Secret);
        await bench.AskAsync();

        await bench.Outbox.LookAsync(CancellationToken.None);
        using var first = await hanging.AcceptTcpClientAsync();
        using var second = await hanging.AcceptTcpClientAsync();
        await Waiting.ForAsync("the channel that works gets it", async () => (await reader.SeenAsync()).Count == 1);
        bench.Time.Advance(bench.Options.Deadline);
        await bench.Outbox.EndAsync();

        var failed = await bench.Notices.ListAsync(NoticeBench.Demo, NoticeState.Waiting, 10, CancellationToken.None);
        Assert.Equal(2, failed.Count);
        Assert.All(failed, one => Assert.Equal("It did not answer within 10 s.", one.Problem));
    }

    [Theory]
    [InlineData("{type: webhook, url: 'https://localhost:PORT/in', secrets: [vault://files/hook]}", "may not connect")]
    [InlineData("{type: webhook, url: vault://files/inside, secrets: [vault://files/hook]}", "may not connect")]
    [InlineData("{type: slack, url: vault://files/loopback}", "may not connect")]
    [InlineData("{type: slack, url: vault://files/metadata, scope: internal}", "may not connect")]
    [InlineData("{type: slack, url: vault://files/plain}", "could be read on the way")]
    [InlineData("{type: slack, url: vault://files/nothing}", "vault://files/nothing")]
    [InlineData("{type: slack, url: vault://files/hook}", "no http or https address")]
    [InlineData("{type: webhook, url: 'http://127.0.0.1:PORT/in', secrets: [vault://files/weak]}", "no secret for a webhook")]
    [InlineData("{type: webhook, url: 'http://127.0.0.1:PORT/in', secrets: [vault://files/nothing]}", "vault://files/nothing")]
    public async Task Nothing_leaves_for_where_it_must_not_go_or_without_what_it_needs(string spec, string problem)
    {
        using var system = new TcpListener(IPAddress.Loopback, 0);
        system.Start();
        var port = ((IPEndPoint)system.LocalEndpoint).Port;
        await using var bench = await NoticeBench.StartAsync([("one", spec.Replace("PORT", $"{port}", StringComparison.Ordinal))]);
        bench.PutSecret("hook", WebhookReader.Secret);
        bench.PutSecret("weak", "whsec_c2hvcnQ=");
        bench.PutSecret("inside", $"https://localhost:{port}/secret-path");
        bench.PutSecret("loopback", $"http://127.0.0.1:{port}/secret-path");
        bench.PutSecret("metadata", "https://169.254.169.254/secret-path");
        bench.PutSecret("plain", "http://hooks.example.com/secret-path");
        await bench.AskAsync();

        await bench.SettleAsync();

        var failed = await bench.OnlyAsync();
        Assert.Contains(problem, failed.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", failed.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", failed.Problem, StringComparison.Ordinal);
        Assert.False(system.Pending());
    }

    [NodeFact(Package)]
    public async Task Slack_gets_foreign_text_as_plain_text_that_calls_nobody()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync(
            [("slack", "{type: slack, url: vault://files/slack, scope: internal}")],
            console: "https://gateway.example.com"
        );
        bench.PutSecret("slack", new Uri(reader.Address, "/services/T/B/x").AbsoluteUri + "\n");
        await reader.AnswerAsync(200);
        await bench.AskAsync(owner: "<!channel> & *\u202eevil\u200b*\r\n<https://evil.example|click>");

        await bench.SettleAsync();

        var seen = Assert.Single(await reader.SeenAsync());
        Assert.Equal(("/services/T/B/x", ""), (seen.Path, seen.Id));
        using var json = JsonDocument.Parse(seen.Body);
        var text = Text(json.RootElement, "text");
        Assert.Contains(
            "&lt;!channel&gt; &amp; *\\u{202e}evil\\u{200b}*\\u{d}\\u{a}&lt;https://evil.example|click&gt;",
            text,
            StringComparison.Ordinal
        );
        Assert.False(json.RootElement.GetProperty("mrkdwn").GetBoolean());
        foreach (var block in json.RootElement.GetProperty("blocks").EnumerateArray().Select(one => one.GetProperty("text")))
        {
            var marked = Text(block, "type") == "mrkdwn";
            Assert.Equal(marked, Text(block, "text") == "<https://gateway.example.com/console/approvals/apr_one|See it and decide>");
            Assert.Equal(marked, Text(block, "text").Contains('<', StringComparison.Ordinal));
        }
    }

    [NodeFact(Package)]
    public async Task Arguments_however_deep_hold_nothing_up()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await StartAsync(reader);
        object deep = 1;
        for (var i = 0; i < 900; i++)
        {
            deep = new[] { deep };
        }

        await bench.AskAsync(arguments: deep);
        await bench.SettleAsync();

        Assert.Single(await reader.SeenAsync());
    }

    [NodeFact(Package)]
    public async Task Channel_that_no_document_declares_any_more_leaves_a_dead_letter()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var bench = await NoticeBench.StartAsync([]);
        await bench.AskAsync();
        await bench.Notices.FollowAsync(
            NoticeBench.Demo,
            happened =>
                [
                    new NoticeRecord
                    {
                        Id = "ntc_1",
                        Channel = "gone",
                        Event = happened.Event,
                        Approval = "apr_one",
                        Facts = "{}",
                        At = happened.At,
                        Due = happened.At,
                    },
                ],
            CancellationToken.None
        );

        await bench.SettleAsync();

        Assert.Equal(NoticeState.Dead, (await bench.OnlyAsync()).State);
    }

    private static async Task<NoticeBench> StartAsync(WebhookReader reader, string console = "")
    {
        var bench = await NoticeBench.StartAsync([("hook", $"{{{Spec(reader)}}}")], console: console);
        bench.PutSecret("hook", WebhookReader.Secret);
        return bench;
    }

    private static string Spec(WebhookReader reader) => $"type: webhook, url: {reader.Address}, secrets: [vault://files/hook]";

    private static string Spec(TcpListener system) =>
        $"{{type: webhook, url: 'http://{system.LocalEndpoint}/in', secrets: [vault://files/hook]}}";

    private static async Task AnswerAsync(TcpListener system, string answer)
    {
        using var connection = await system.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var buffer = new byte[16_384];
        await stream.ReadAtLeastAsync(buffer, 1);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        while (await stream.ReadAsync(buffer) > 0)
        {
            // Until the other side has hung up.
        }
    }

    /// <summary>What a receiver with this certificate could read.</summary>
    private static async Task<string> ReadSecuredAsync(TcpListener system, ReceiverCertificates certificates)
    {
        using var connection = await system.AcceptTcpClientAsync();
        await using var secured = new SslStream(connection.GetStream());
        using var pem = X509Certificate2.CreateFromPemFile(certificates.Certificate, certificates.Key);
        using var shown = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        try
        {
            var context = SslStreamCertificateContext.Create(shown, additionalCertificates: null, offline: true);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context });
            var buffer = new byte[16_384];
            var length = await secured.ReadAsync(buffer);
            await secured.WriteAsync("HTTP/1.1 204 OK\r\n\r\n"u8.ToArray());
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
