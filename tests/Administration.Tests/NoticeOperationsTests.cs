using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Administration.Tests;

/// <summary>Operators see over the network what people couldn't be told, and have it sent again.</summary>
public sealed class NoticeOperationsTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly TcpListener _hook = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private RunningAdministration _running = null!;
    private Task _answering = Task.CompletedTask;
    private volatile string _answer = "410 Gone";

    public async Task InitializeAsync()
    {
        _hook.Start();
        _answering = AnswerAsync();
        _running = await RunningAdministration.StartAsync(
            RunningAdministration.Documents
                + $$"""

                ---
                apiVersion: gateway/v1
                kind: NotificationChannel
                metadata: {tenant: demo, name: desk}
                spec: {type: webhook, url: "http://{{_hook.LocalEndpoint}}/", secrets: ["vault://local/desk#key"]}
                """
        );
        Assert.True(CredentialReference.TryParse("vault://local/desk#key", out var reference));
        var key = "whsec_" + Convert.ToBase64String(new byte[32]);
        await _running
            .Gateway.Services.GetRequiredService<EncryptedFileVault>()
            .PutAsync(Demo, reference!, new Secret(key), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _running.DisposeAsync();
        await _ended.CancelAsync();
        await _answering;
        _hook.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public async Task Dead_letters_are_listed_by_pages_and_sent_again_under_their_ids()
    {
        using var olga = await _running.NewOperatorAsync("olga", OperatorRoles.Operator);
        await AskAsync("1");
        await AskAsync("2");
        await Waiting.ForAsync("both are dead", async () => (await ItemsAsync(olga, "notices?state=dead")).Count == 2);

        var (_, first) = await olga.SendAsync(HttpMethod.Get, "notices?limit=1&state=dead");
        var second = await ItemsAsync(olga, $"notices?limit=1&state=dead&cursor={first.GetProperty("next").GetString()}");
        var dead = first.GetProperty("items")[0];
        Assert.NotEqual(Id(dead), Id(Assert.Single(second)));
        Assert.Equal("approval_asked", dead.GetProperty("event").GetString());
        Assert.NotEmpty(dead.GetProperty("problem").GetString()!);
        Assert.Empty(await ItemsAsync(olga, "notices?state=sent"));

        _answer = "204 No Content";
        var (status, again) = await olga.SendAsync(HttpMethod.Post, $"notices/{Id(dead)}/resend", new { reason = "INC-42: mended" });
        Assert.Equal((HttpStatusCode.OK, Id(dead)), (status, Id(again)));
        await Waiting.ForAsync("it is sent", async () => (await ItemsAsync(olga, "notices?state=sent")).Count == 1);
        Assert.Equal(Id(dead), Id(Assert.Single(await ItemsAsync(olga, "notices?state=sent"))));
        var (refused, problem) = await olga.SendAsync(HttpMethod.Post, $"notices/{Id(dead)}/resend", new { reason = "again" });
        Assert.Equal((HttpStatusCode.Conflict, "not_dead"), (refused, problem.GetProperty("code").GetString()));
        Assert.Empty(await _running.Store.UnrecordedAsync(Demo, CancellationToken.None));
    }

    [Theory]
    [InlineData("notices?state=unknown", "state")]
    [InlineData("notices?state=7", "state")]
    [InlineData("notices?limit=0", "limit")]
    [InlineData("notices?cursor=x", "cursor")]
    public async Task List_that_there_is_not_is_refused(string path, string field)
    {
        using var olga = await _running.NewOperatorAsync("olga", OperatorRoles.Auditor);

        var (status, problem) = await olga.SendAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
    }

    private static string? Id(JsonElement one) => one.GetProperty("id").GetString();

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(OperatorClient client, string path) =>
        [.. (await client.SendAsync(HttpMethod.Get, path)).Body.GetProperty("items").EnumerateArray()];

    private async Task AskAsync(string amount)
    {
        var signer = await _running.Gateway.NewSignerAsync("payer");
        using var refused = await _running.Gateway.SendSignedAsync(
            signer,
            () => _running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", $$"""{"amount":{{amount}}}""")
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[65_536];
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                using var connection = await _hook.AcceptSocketAsync(_ended.Token);
                Assert.NotEqual(0, await connection.ReceiveAsync(buffer, _ended.Token));
                var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {_answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                await connection.SendAsync(answer, _ended.Token);
                connection.Shutdown(SocketShutdown.Send);
                while (await connection.ReceiveAsync(buffer, _ended.Token) > 0) { }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The sender has gone, or the test has ended.
            }
        }
    }
}
