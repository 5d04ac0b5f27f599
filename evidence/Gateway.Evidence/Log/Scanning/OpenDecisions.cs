using System.Text;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Log.Scanning;

/// <summary>The decisions of a log that have no outcome yet, as its records go by. Not thread-safe.</summary>
internal sealed class OpenDecisions
{
    /// <summary>Characters of most ids; a longer one takes an array.</summary>
    private const int UsualLength = 128;

    private readonly Dictionary<string, long> _open = new(StringComparer.Ordinal);

    public OpenDecisions() { }

    /// <param name="open">Ids with the indexes of their records.</param>
    public OpenDecisions(IEnumerable<KeyValuePair<string, long>> open)
    {
        foreach (var (id, index) in open)
        {
            _open[id] = index;
        }
    }

    public int Count => _open.Count;

    /// <summary>Ids with the indexes of their records, in the order of these.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ToList() => [.. _open.OrderBy(d => d.Value)];

    public void Observe(in RecordEnvelope record)
    {
        if (record.DecisionId.IsEmpty)
        {
            return;
        }

        if (record.Type.SequenceEqual(RecordTypes.NameOf(RecordType.Decision)))
        {
            _open.TryAdd(Encoding.UTF8.GetString(record.DecisionId), record.Index);
        }
        else if (record.Type.SequenceEqual(RecordTypes.NameOf(RecordType.Outcome)))
        {
            Remove(record.DecisionId);
        }
    }

    private void Remove(ReadOnlySpan<byte> id)
    {
        var length = Encoding.UTF8.GetMaxCharCount(id.Length);
        var text = length <= UsualLength ? stackalloc char[UsualLength] : new char[length];
        _open.GetAlternateLookup<ReadOnlySpan<char>>().Remove(text[..Encoding.UTF8.GetChars(id, text)]);
    }

    /// <summary>In the order of their records.</summary>
    public IReadOnlyList<string> Ids() => [.. _open.OrderBy(d => d.Value).Select(d => d.Key)];
}
