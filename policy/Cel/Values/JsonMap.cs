using System.Text.Json;

namespace Gateway.Policy.Cel.Values;

/// <summary>A JSON object, one level of which is turned into values when it is first read. What no condition reads costs nothing.</summary>
internal sealed class JsonMap(JsonElement element) : CelMap
{
    private EntryMap? _entries;

    public override int Count => Entries.Count;

    private EntryMap Entries => _entries ??= Read();

    public override CelValue KeyAt(int index) => Entries.KeyAt(index);

    public override CelValue ValueAt(int index) => Entries.ValueAt(index);

    public override bool TryGet(in CelValue key, out CelValue value) => Entries.TryGet(key, out value);

    public override bool TryGet(string key, out CelValue value) => Entries.TryGet(key, out value);

    /// <exception cref="JsonException">A name appears twice: which of the two counts would be a guess. Evaluation refuses.</exception>
    private EntryMap Read()
    {
        var count = element.GetPropertyCount();
        var (keys, values, i) = (new CelValue[count], new CelValue[count], 0);
        foreach (var property in element.EnumerateObject())
        {
            keys[i] = CelValue.From(property.Name);
            values[i++] = JsonValues.From(property.Value);
        }

        return EntryMap.TryCreate(keys, values) ?? throw new JsonException("A name appears twice in one object.");
    }
}
