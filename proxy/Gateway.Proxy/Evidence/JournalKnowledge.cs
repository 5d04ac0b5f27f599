using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// What one tenant's journal knows and its store lacks. An approval's use is on record twice: as the store's change, and before the action
/// as the decision that it was judged with.
/// </summary>
/// <param name="there">The ids of the changes that the store has.</param>
public sealed class JournalKnowledge(IReadOnlySet<string> there)
{
    private readonly Dictionary<string, ChangeNote> _lost = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChangeNote> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recordedUses = new(StringComparer.Ordinal);

    /// <summary>What was lost.</summary>
    public IReadOnlyCollection<ChangeNote> Lost => [.. _lost.Values, .. _uses.Values.Where(use => !_recordedUses.Contains(use.Subject))];

    /// <summary>The number of the newest change that was lost; 0 for none.</summary>
    public long Newest => _lost.Values.Select(change => change.Sequence).DefaultIfEmpty().Max();

    /// <summary>Reads a tenant's logs where they lie, also while they are written, and in the archive what was removed here; checks that
    /// nothing in them was changed.</summary>
    /// <param name="keys">What this instance's logs are signed with: in the archive, where others may write, only that counts.</param>
    /// <exception cref="DurableStoreException">The journal can't be read, is damaged, or says what only a newer version knows.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static JournalKnowledge Read(
        JournalOptions journal,
        IReadOnlyList<Ed25519PublicKey> keys,
        Id<Tenant> tenant,
        IReadOnlySet<string> there,
        CancellationToken cancellationToken
    )
    {
        var home = Path.Combine(journal.Root, tenant.ToString());
        var knowledge = new JournalKnowledge(there);
        try
        {
            string[] logs = Directory.Exists(home) ? Directory.GetDirectories(home) : [];
            foreach (var log in logs)
            {
                var found = JournalVerifier.Verify(log, keys: null, knowledge.Take, cancellationToken);
                if (found.Problem is { Kind: not (LogProblemKind.TornTail or LogProblemKind.NoLog) } problem)
                {
                    throw Refused(tenant, $"{problem}");
                }
            }

            foreach (var start in logs.Select(log => ArchivedStart.Of(log, journal.Archive, keys)).OfType<ArchivedStart>())
            {
                knowledge.Read(start, keys, cancellationToken);
            }

            return knowledge;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or FormatException or JsonException or InvalidOperationException)
        {
            throw Refused(tenant, e.Message, e);
        }
    }

    /// <summary>Takes what was removed here, as it was signed: what lies behind that in the archive is proven by nothing.</summary>
    /// <exception cref="IOException">It isn't as it was signed.</exception>
    private void Read(ArchivedStart start, IReadOnlyList<Ed25519PublicKey> keys, CancellationToken cancellationToken)
    {
        var found = JournalVerifier.Verify(
            start.Folder,
            keys,
            (in RecordEnvelope record) =>
            {
                if (record.Index < start.End)
                {
                    Take(record);
                }
            },
            cancellationToken
        );
        if (found.Problem is { } problem)
        {
            throw new IOException($"The archive: {problem}");
        }

        if (found.Signed < start.End)
        {
            throw new IOException(
                $"The checkpoint in '{start.Folder}' is of {found.Signed} records only: it is older than it was just now."
            );
        }
    }

    private void Take(in RecordEnvelope record)
    {
        if (record.Type.SequenceEqual("change"u8))
        {
            TakeChange(record);
        }
        else if (record.IsDecision && record.Body.IndexOf("\"approval\":{"u8) >= 0)
        {
            TakeUse(record);
        }
    }

    private void TakeChange(in RecordEnvelope record)
    {
        using var document = JsonDocument.Parse(record.Body.ToArray());
        var body = document.RootElement;
        var id = Text(body, "change_id");
        if (id.Length == 0 || !long.TryParse(Text(body, "revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return; // Not the store's.
        }

        var word = Text(body, "kind");
        var kind = Vocabulary.Change.TryParse(word, out var known)
            ? known
            : throw new FormatException($"Change {sequence} is of the kind '{word}', which this version doesn't know: run the newer one.");
        var subject = Text(body, "subject");
        if (kind == GovernedChange.ApprovalUsed)
        {
            _recordedUses.Add(subject);
        }

        if (!there.Contains(id))
        {
            _lost[id] = new ChangeNote
            {
                Id = id,
                Kind = kind,
                Subject = subject,
                Sequence = sequence,
                Origin = new ChangeOrigin(Text(body, "by"), Text(body, "from"), Text(body, "reason")),
                Before = Parts(body, "before"),
                After = Parts(body, "after"),
                At = Time(Text(body, "at") is { Length: > 0 } at ? at : Encoding.ASCII.GetString(record.Time)),
            };
        }
    }

    /// <summary>A decision is judged with an approval once that was used, and never otherwise.</summary>
    private void TakeUse(in RecordEnvelope record)
    {
        using var document = JsonDocument.Parse(record.Body.ToArray());
        if (
            !document.RootElement.TryGetProperty("facts", out var facts)
            || !facts.TryGetProperty("approval", out var approval)
            || !approval.TryGetProperty("id", out var named)
            || named.GetString() is not { Length: > 0 } id
        )
        {
            return;
        }

        var decision = Encoding.ASCII.GetString(record.DecisionId);
        _uses[id] = new ChangeNote
        {
            Id = decision,
            Kind = GovernedChange.ApprovalUsed,
            Subject = id,
            Origin = new ChangeOrigin("", "", ""),
            After = new(StringComparer.Ordinal) { ["state"] = ApprovalStates.Text(ApprovalState.Consumed), ["used_by"] = decision },
            At = Time(Encoding.ASCII.GetString(record.Time)),
        };
    }

    private static string Text(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";

    private static SortedDictionary<string, string> Parts(JsonElement body, string member)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (body.TryGetProperty(member, out var found))
        {
            foreach (var part in found.EnumerateObject())
            {
                parts[part.Name] = part.Value.GetString() ?? "";
            }
        }

        return parts;
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static DurableStoreException Refused(Id<Tenant> tenant, string why, Exception? inner = null) =>
        new(
            $"The store of tenant '{tenant}' was put back from a copy, or was never held against the journal, and the journal can't be "
                + $"read for it: {why} Mend the journal ('gateway verify' says what is wrong); until then nothing of the tenant's goes on.",
            inner
        );
}
