using System.Net;
using Gateway.Evidence.Snapshots;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>
/// What a running gateway records is enough to derive each of its decisions again. (Every test that stops a <see cref="RunningGateway"/>
/// checks that of all its decisions; these see to it that there are all kinds.)
/// </summary>
public sealed class RederivedDecisionTests : IAsyncLifetime
{
    private const string Rules = """
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: trial}
        spec:
          rules:
            - {name: no-page-9, effect: block, match: {tool_names: [crm/list-contacts]}, when: "intent.path.contains('page=9')"}
            - {name: short, effect: degrade, match: {connectors: [openai]}, when: args.messages.size() == 1, obligations: {max_tokens: 9}}
            - {name: long-notes, effect: block, match: {tool_names: [crm/create-note]}, when: args.text.size() > 30000}
        """;

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Rules);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task EveryKindOfDecision_FollowsAgainFromTheJournalAlone()
    {
        await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts?page=9&mail=jane@example.com");
        await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts?page=8");
        await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts/c-1?view=full");
        await SendAsync("assistant", HttpMethod.Post, "/tools/crm/contacts/c-1/notes", """{"text":"tea", "amount":1.50}""");
        await SendAsync("assistant", HttpMethod.Post, "/tools/crm/refunds", """{"amount":100.00,"contact":"c-1"}""");
        await SendAsync("assistant", HttpMethod.Delete, "/tools/crm/contacts/c-1");
        await SendAsync("intern", HttpMethod.Post, "/tools/crm/contacts/c-1/notes", """{"text":"tea"}""");
        await SendAsync("suspended", HttpMethod.Get, "/tools/crm/contacts/c-1");
        await SendAsync(
            "assistant",
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o-mini","max_tokens":50,"messages":[{"role":"user","content":"x"}]}"""
        );

        Assert.Equal(9, Rederived.All(_gateway.JournalPath));
        var decisions = Recorded
            .All(_gateway.JournalPath)
            .Where(record => record.Type == "decision")
            .Select(record => record.Body)
            .ToList();
        Assert.True(decisions.Select(body => body.GetProperty("verdict").GetString()).Distinct().Count() >= 3);
    }

    [Fact]
    public async Task OfTheBody_OnlyWhatWasReadIsInTheRecord()
    {
        using var response = await SendAsync(
            "assistant",
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o-mini","user":"jane","max_tokens":50,"messages":[{"role":"user","content":"x"}]}"""
        );

        var read = Recorded.Find(_gateway.JournalPath, response).Decision!.Value.GetProperty("read").GetProperty("arguments");
        Assert.Equal("/messages", Assert.Single(read.GetProperty("paths").EnumerateArray()).GetString());
        Assert.Equal("""{"messages":[{"role":"user","content":"x"}]}""", read.GetProperty("values").GetString());
    }

    [Fact]
    public async Task AQuery_IsInTheRecordOnlyWhereARuleReadsIt()
    {
        using var read = await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts?page=9");
        using var unread = await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts/c-1?view=full");

        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        Assert.Equal(
            "page=9",
            Recorded.Find(_gateway.JournalPath, read).Decision!.Value.GetProperty("read").GetProperty("query").GetString()
        );
        Assert.False(Recorded.Find(_gateway.JournalPath, unread).Decision!.Value.GetProperty("read").TryGetProperty("query", out _));
    }

    [Fact]
    public async Task WhatAnObligationChanged_IsRecordedBesideWhatWasJudged()
    {
        using var response = await SendAsync(
            "assistant",
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o-mini","max_tokens":50,"messages":[{"role":"user","content":"x"}]}"""
        );

        var record = Recorded.Find(_gateway.JournalPath, response).Decision!.Value;
        Assert.NotEqual(
            record.GetProperty("target").GetProperty("content_digest").GetString(),
            record.GetProperty("granted").GetProperty("content_digest").GetString()
        );
    }

    [Fact]
    public async Task AfterAReload_BothGovernancesAreKept()
    {
        await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts/c-1");
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.GovernancePath, "zz-test.yaml"),
            Rules.Replace("page=9", "page=7", StringComparison.Ordinal)
        );
        await _gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);
        using var allowed = await SendAsync("assistant", HttpMethod.Get, "/tools/crm/contacts?page=9");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_gateway.JournalPath, KeptSnapshots.FolderName)).Length);
        Assert.Equal(2, Rederived.All(_gateway.JournalPath));
    }

    [Fact]
    public async Task GovernanceThatCannotBeKept_DoesNotComeIntoForce()
    {
        var folder = Path.Combine(_gateway.JournalPath, KeptSnapshots.FolderName);
        Directory.Move(folder, folder + ".away");
        await File.WriteAllTextAsync(folder, "in the way");
        var state = _gateway.Services.GetRequiredService<GovernanceState>();
        var before = state.Current.Revision;
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.GovernancePath, "zz-test.yaml"),
            Rules.Replace("page=9", "page=7", StringComparison.Ordinal)
        );
        await _gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);

        Assert.Equal(before, state.Current.Revision);
        Assert.NotEmpty(state.Rejected);
        File.Delete(folder);
        Directory.Move(folder + ".away", folder);
    }

    private async Task<HttpResponseMessage> SendAsync(string agent, HttpMethod method, string path, string? body = null)
    {
        var signer = await _gateway.NewSignerAsync(agent);
        return await _gateway.SendSignedAsync(signer, () => _gateway.Request(method, path, body));
    }
}
