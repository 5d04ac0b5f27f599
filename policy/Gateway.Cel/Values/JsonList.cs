using System.Text.Json;

namespace Gateway.Cel.Values;

/// <summary>A JSON array, turned into values when it is first read.</summary>
internal sealed class JsonList(JsonElement element, bool isUnique) : CelList
{
    private readonly int _count = element.GetArrayLength();
    private CelValue[]? _items;

    public override int Count => _count;

    public override CelValue this[int index] => (_items ??= Read())[index];

    /// <summary>Two threads may both read it; they get equal arrays, and either may stay.</summary>
    private CelValue[] Read()
    {
        var items = new CelValue[_count];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            items[i++] = JsonValues.From(item, isUnique);
        }

        return items;
    }
}
