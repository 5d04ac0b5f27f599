using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Administration.Tests;

/// <summary>People approve over the network: as themselves, exactly what they were shown.</summary>
public sealed class ApprovalOperationsTests : IAsyncLifetime
{
    private const string Body = """{"contact":"c-1","amount":10,"note":"<b>late</b>"}""";

    private RunningAdministration _running = null!;
    private RequestSigner _signer = null!;

    public async Task InitializeAsync()
    {
        _running = await RunningAdministration.StartAsync();
        _signer = await _running.Gateway.NewSignerAsync("payer");
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Two_people_who_saw_the_action_approve_it_and_it_is_carried_out_once()
    {
        using var cleo = await _running.NewOperatorAsync("cleo", OperatorRoles.Approver);
        using var dora = await _running.NewOperatorAsync("d", OperatorRoles.Approver, person: "Dora");
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        var (id, digest) = await SeeAsync(cleo);

        Assert.Equal("view_changed", Code(await VoteAsync(cleo, id, new string('0', 64))));
        Assert.Equal("pending", State(await VoteAsync(cleo, id, digest)));
        Assert.Equal("already_voted", Code(await VoteAsync(cleo, id, digest)));
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        Assert.Equal("approved", State(await VoteAsync(dora, id, digest)));

        Assert.Equal(HttpStatusCode.Created, await PayAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        Assert.Equal(1, await _running.Provider.CountAsync());
        var used = await cleo.SendAsync(HttpMethod.Get, $"approvals/{id}");
        Assert.Equal("consumed", State(used));
        Assert.Equal(
            ["cleo", "Dora"],
            used.Body.GetProperty("votes").EnumerateArray().Select(vote => vote.GetProperty("person").GetString())
        );
    }

    [Fact]
    public async Task Owner_and_who_is_in_no_group_have_no_vote()
    {
        using var owner = await _running.NewOperatorAsync("ada", OperatorRoles.Approver, person: "ada  SAMPLE");
        using var other = await _running.NewOperatorAsync("eve", OperatorRoles.Approver);
        await PayAsync();
        var (id, digest) = await SeeAsync(other);

        Assert.Equal("not_an_approver", Code(await VoteAsync(owner, id, digest)));
        Assert.Equal("not_an_approver", Code(await VoteAsync(other, id, digest)));
        var shown = await owner.SendAsync(HttpMethod.Get, $"approvals/{id}");
        Assert.False(shown.Body.GetProperty("you_may").GetBoolean());
        Assert.Empty(shown.Body.GetProperty("votes").EnumerateArray());
    }

    [Fact]
    public async Task One_no_ends_it_and_what_was_approved_can_be_taken_back()
    {
        using var cleo = await _running.NewOperatorAsync("cleo", OperatorRoles.Approver);
        using var dora = await _running.NewOperatorAsync("dora", OperatorRoles.Approver);
        await PayAsync();
        var (id, digest) = await SeeAsync(cleo);
        await VoteAsync(cleo, id, digest);
        await VoteAsync(dora, id, digest);

        var revoked = await dora.SendAsync(HttpMethod.Post, $"approvals/{id}/revocation", new { reason = "by mistake" });

        Assert.Equal("revoked", State(revoked));
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        var (next, nextDigest) = await SeeAsync(cleo);
        Assert.NotEqual(id, next);
        Assert.Equal("denied", State(await VoteAsync(cleo, next, nextDigest, "deny")));
        Assert.Equal("ended", Code(await VoteAsync(dora, next, nextDigest)));
    }

    [Fact]
    public async Task List_has_pages_and_states()
    {
        using var cleo = await _running.NewOperatorAsync("cleo", OperatorRoles.Approver);
        foreach (var amount in new[] { 1, 2, 3 })
        {
            await PayAsync($$"""{"amount":{{amount}}}""");
        }

        var ids = new List<string>();
        var cursor = "";
        do
        {
            var (status, page) = await cleo.SendAsync(HttpMethod.Get, $"approvals?limit=1&state=pending{cursor}");
            Assert.Equal(HttpStatusCode.OK, status);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
        } while (cursor.Length > 0);

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(HttpStatusCode.BadRequest, (await cleo.SendAsync(HttpMethod.Get, "approvals?limit=1000")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await cleo.SendAsync(HttpMethod.Get, "approvals?color=red")).Status);
        Assert.Empty((await cleo.SendAsync(HttpMethod.Get, "approvals?state=denied")).Body.GetProperty("items").EnumerateArray());
    }

    private async Task<HttpStatusCode> PayAsync(string body = Body)
    {
        using var response = await _running.Gateway.SendSignedAsync(
            _signer,
            () => _running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", body)
        );
        return response.StatusCode;
    }

    private static async Task<(string Id, string Digest)> SeeAsync(OperatorClient client)
    {
        var (_, list) = await client.SendAsync(HttpMethod.Get, "approvals?state=pending");
        var id = Assert.Single(list.GetProperty("items").EnumerateArray().ToList()).GetProperty("id").GetString()!;
        using var response = await client.SendRawAsync(HttpMethod.Get, $"approvals/{id}/view");
        return (id, Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync())));
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> VoteAsync(
        OperatorClient client,
        string id,
        string digest,
        string vote = "approve"
    ) =>
        client.SendAsync(
            HttpMethod.Post,
            $"approvals/{id}/votes",
            new
            {
                vote,
                view_sha256 = digest,
                reason = "INC-42",
            }
        );

    private static string? Code((HttpStatusCode Status, JsonElement Body) answer) => answer.Body.GetProperty("code").GetString();

    private static string? State((HttpStatusCode Status, JsonElement Body) answer) =>
        answer.Body.TryGetProperty("state", out var state) ? state.GetString() : answer.Body.ToString();
}
