using System.Text.Json;

namespace Gateway.Connectors.Vaults;

/// <summary>A tenant's part of the local vault: path, then field (empty for a secret without fields), then envelope.</summary>
internal sealed class VaultContent : SortedDictionary<string, SortedDictionary<string, string>>
{
    // Ordinal: by default names would be compared as the machine's language does.
    public VaultContent()
        : base(StringComparer.Ordinal) { }

    /// <exception cref="JsonException">A name has no value.</exception>
    public static VaultContent From(Dictionary<string, Dictionary<string, string?>?> read)
    {
        var content = new VaultContent();
        foreach (var (path, fields) in read)
        {
            foreach (var (field, envelope) in fields ?? throw new JsonException("A path has no fields."))
            {
                content.Set(path, field, envelope ?? throw new JsonException("A field has no value."));
            }
        }

        return content;
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
