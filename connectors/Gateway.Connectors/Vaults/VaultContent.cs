using System.Text.Json;

namespace Gateway.Connectors.Vaults;

/// <summary>A tenant's part of the local vault: path, then field (empty for a secret without fields), then envelope.</summary>
internal sealed class VaultContent : SortedDictionary<string, SortedDictionary<string, string>>
{
    /// <value>No secret has this path.</value>
    private const string NotesPath = "";

    // Ordinal: by default names would be compared as the machine's language does.
    public VaultContent()
        : base(StringComparer.Ordinal) { }

    /// <value>What changed and isn't known to be on record, by the note's id: in the file that changed, so that a kill leaves both or
    /// neither.</value>
    public SortedDictionary<string, string> Notes { get; } = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">A name has no value.</exception>
    public static VaultContent From(Dictionary<string, Dictionary<string, string?>?> read)
    {
        var content = new VaultContent();
        foreach (var (path, fields) in read)
        {
            foreach (var (field, text) in fields ?? throw new JsonException("A path has no fields."))
            {
                var value = text ?? throw new JsonException("A field has no value.");
                if (path == NotesPath)
                {
                    content.Notes.Add(field, value);
                }
                else
                {
                    content.Set(path, field, value);
                }
            }
        }

        return content;
    }

    /// <summary>All of it, as it lies in the file.</summary>
    public SortedDictionary<string, SortedDictionary<string, string>> ToFile()
    {
        var file = new SortedDictionary<string, SortedDictionary<string, string>>(this, StringComparer.Ordinal);
        if (Notes.Count > 0)
        {
            file[NotesPath] = Notes;
        }

        return file;
    }

    public string? Find(string path, string field) => TryGetValue(path, out var fields) ? fields.GetValueOrDefault(field) : null;

    public void Set(string path, string field, string envelope)
    {
        if (!TryGetValue(path, out var fields))
        {
            this[path] = fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        fields[field] = envelope;
    }

    /// <summary>False when there was none.</summary>
    public bool Drop(string path, string field)
    {
        if (!TryGetValue(path, out var fields) || !fields.Remove(field))
        {
            return false;
        }

        if (fields.Count == 0)
        {
            Remove(path);
        }

        return true;
    }
}
