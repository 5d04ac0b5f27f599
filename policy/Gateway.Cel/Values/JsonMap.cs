using System.Text.Json;

namespace Gateway.Cel.Values;

/// <summary>A JSON object, one level of which is turned into values when it is first read. What no condition reads costs nothing.</summary>
/// <param name="isUnique">It is known that no object of the document has a name twice.</param>
internal sealed class JsonMap(JsonElement element, bool isUnique) : CelMap
{
    private const int FewFields = 32;

    private EntryMap? _entries;

    public override int Count => Entries.Count;

    private EntryMap Entries => _entries ??= Read();

    public override CelValue KeyAt(int index) => Entries.KeyAt(index);

    public override CelValue ValueAt(int index) => Entries.ValueAt(index);

    public override bool TryGet(in CelValue key, out CelValue value) => Entries.TryGet(key, out value);

    /// <summary>
    /// One field of an object that wasn't looked at before costs only that field. That no name appears twice was seen when the document was
    /// read.
    /// </summary>
    public override bool TryGet(string key, out CelValue value)
    {
        if (_entries is not null || !isUnique || element.GetPropertyCount() > FewFields)
        {
            return Entries.TryGet(key, out value);
        }

        var found = element.TryGetProperty(key, out var property);
        value = found ? JsonValues.From(property, isUnique) : default;
        return found;
    }

    /// <exception cref="JsonException">A name appears twice: which of the two counts would be a guess. Evaluation refuses.</exception>
    private EntryMap Read()
    {
        var count = element.GetPropertyCount();
        var (keys, values, i) = (new CelValue[count], new CelValue[count], 0);
        foreach (var property in element.EnumerateObject())
        {
            keys[i] = CelValue.From(property.Name);
            values[i++] = JsonValues.From(property.Value, isUnique);
        }

        return EntryMap.TryCreate(keys, values) ?? throw new JsonException("A name appears twice in one object.");
    }
}
