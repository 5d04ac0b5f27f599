using Gateway.Connectors.Contracts;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What a journal knows that a store may lack, while it is written too.</summary>
public sealed class JournalKnowledgeTests : IAsyncLifetime
{
    private const string Id = "00112233445566778899aabbccddeeff";

    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly TemporaryDirectory _folder = new();
    private JournalLog _log = null!;

    public Task InitializeAsync()
    {
        Assert.True(Ed25519PrivateKey.TryCreate(new byte[32], out var key));
        _log = JournalLog.Open(new JournalOptions { Root = _folder.Path }, Demo, new LogKeys(key, []), TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Change_that_the_store_lacks_is_lost_with_all_that_is_known_of_it()
    {
        await RecordAsync(GovernedChange.ApprovalUsed, "apr_1", Id);

        var lost = Assert.Single(Read().Lost);
        Assert.Equal((GovernedChange.ApprovalUsed, "apr_1", 7L, "consumed"), (lost.Kind, lost.Subject, lost.Sequence, lost.After["state"]));
        Assert.Empty(Read(Id).Lost);
    }

    [Fact]
    public async Task Approval_is_known_to_be_used_by_the_decision_that_used_it()
    {
        await DecideAsync("d-1", "apr_1");

        var use = Assert.Single(Read().Lost);
        Assert.Equal((GovernedChange.ApprovalUsed, "apr_1", "d-1"), (use.Kind, use.Subject, use.After["used_by"]));

        await RecordAsync(GovernedChange.ApprovalUsed, "apr_1", Id);
        Assert.Equal(7, Assert.Single(Read().Lost).Sequence); // Told once.
    }

    [Fact]
    public async Task What_is_not_of_the_store_is_not_lost()
    {
        await _log.AppendAsync(
            new ChangeRecord
            {
                Kind = GovernedChange.SecretPut,
                Subject = "vault://local/crm",
                ChangeId = Id,
            },
            Durability.Synced,
            CancellationToken.None
        );

        Assert.Empty(Read().Lost);
    }

    [Fact]
    public async Task Kind_of_a_newer_version_stops_it()
    {
        await _log.AppendAsync(
            RecordType.Change,
            System.Text.Encoding.UTF8.GetBytes($$"""{"change_id":"{{Id}}","kind":"banned","revision":"7","subject":"x"}"""),
            Durability.Synced,
            CancellationToken.None
        );

        var refused = Assert.Throws<DurableStoreException>(() => Read());
        Assert.Contains("'banned'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
    }

    private JournalKnowledge Read(params string[] there) =>
        JournalKnowledge.Read(new JournalOptions { Root = _folder.Path }, [], Demo, there.ToHashSet(), CancellationToken.None);

    private async Task RecordAsync(GovernedChange kind, string subject, string id) =>
        await _log.AppendAsync(
            new ChangeRecord
            {
                Kind = kind,
                Subject = subject,
                ChangeId = id,
                Revision = "7",
                After = new(StringComparer.Ordinal) { ["state"] = "consumed" },
            },
            Durability.Synced,
            CancellationToken.None
        );

    private async Task DecideAsync(string decision, string approval) =>
        await _log.AppendAsync(
            RecordType.Decision,
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"decision_id":"{{decision}}","facts":{"approval":{"id":"{{approval}}","people":["cleo"]}""" + "}}"
            ),
            Durability.Synced,
            CancellationToken.None
        );
}
