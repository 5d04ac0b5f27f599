using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Connectors.Contracts;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Audit;

/// <summary>Changes as they are shown: each once, however often a kill has put it on record.</summary>
internal sealed class ListedChanges
{
    private readonly List<JsonObject> _changes = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public void Add(in RecordEnvelope record)
    {
        if (!record.Type.SequenceEqual("change"u8))
        {
            return;
        }

        var change = JsonNode.Parse(record.Body)!.AsObject();
        if ((string?)change["change_id"] is not { } id || _ids.Add(id))
        {
            change["at"] ??= Encoding.ASCII.GetString(record.Time);
            change["receipt"] = string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(record.Log)}.{record.Index}");
            _changes.Add(change);
        }
    }

    /// <summary>
    /// What a command that was killed has changed, and nobody has put on record since. Gives a warning where there is some.
    /// </summary>
    public IEnumerable<string> AddUnrecorded(IReadOnlyList<ChangeNote> unrecorded)
    {
        var notes = unrecorded.Where(note => !_ids.Contains(note.Id)).ToList();
        _changes.AddRange(notes.Select(Of));
        return notes.Count == 0
            ? []
            :
            [
                $"{notes.Count} of them {(notes.Count == 1 ? "is" : "are")} not on record yet: the running instance, "
                    + "the next start or the next change does it.",
            ];
    }

    /// <summary>In the order in which they were made.</summary>
    /// <param name="kind">Null for all.</param>
    public IReadOnlyList<JsonObject> Of(string? kind) =>
        [
            .. _changes
                .Where(change => kind is null || (string?)change["kind"] == kind)
                .OrderBy(change => Text(change, "at"), StringComparer.Ordinal),
        ];

    public static string[] Row(JsonObject change) =>
        [
            Text(change, "at"),
            Text(change, "kind"),
            Text(change, "subject"),
            Text(change, "by"),
            Text(change, "reason"),
            change["receipt"] is null ? "not on record yet" : Text(change, "receipt"),
        ];

    private static string Text(JsonObject change, string member) => (string?)change[member] ?? "";

    private static JsonObject Of(ChangeNote note) =>
        new()
        {
            ["at"] = note.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["kind"] = Vocabulary.Change.Text(note.Kind),
            ["subject"] = note.Subject,
            ["by"] = note.Origin.By,
            ["from"] = note.Origin.From,
            ["reason"] = note.Origin.Reason,
            ["change_id"] = note.Id,
        };
}
