using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// All finds of a text: in it as it is, and as it reads once its escapes are taken out and its look-alikes are plain, up to three levels of
/// them (JSON in JSON, of a URL). Not thread-safe. Dispose returns pooled memory.
/// </summary>
internal sealed class TextFinds : IDisposable
{
    private const int Levels = 3;

    private readonly List<(int Start, int End, RedactionPatterns Pattern, int Level)> _finds = [];
    private byte[] _view = [];
    private int[] _origins = [];

    /// <summary>Whether a text could read in another way than as it is.</summary>
    public static bool MayReadOtherwise(ReadOnlySpan<byte> text) => EscapedText.MayBeIn(text, drop: false) || LookAlikes.MayBeIn(text);

    /// <summary>In their order, none in another, by their places in the text as it is. Valid until the next call.</summary>
    public IReadOnlyList<TextFind> In(ReadOnlySpan<byte> text, RedactionPatterns patterns)
    {
        _finds.Clear();
        Rent(text.Length);
        text.CopyTo(_view);
        var view = _view.AsSpan(0, text.Length);
        var origins = _origins.AsSpan(0, text.Length);
        var end = 0;
        for (var i = 0; i < origins.Length; i++)
        {
            origins[i] = i;
        }

        for (var level = 0; patterns != RedactionPatterns.None; level++)
        {
            Scan(view, origins, text.Length, patterns, level);
            var length = LookAlikes.Fold(view, origins);
            length = EscapedText.Decode(view[..length], origins[..length], drop: false, isOpen: false, ref end);
            if (length == view.Length || level == Levels)
            {
                break;
            }

            view = view[..length];
            origins = origins[..length];
        }

        return _finds.Count == 0 ? [] : Merged(text);
    }

    public void Dispose()
    {
        if (_view.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_view, clearArray: true);
            ArrayPool<int>.Shared.Return(_origins);
            (_view, _origins) = ([], []);
        }
    }

    private void Scan(ReadOnlySpan<byte> view, ReadOnlySpan<int> origins, int whole, RedactionPatterns patterns, int level)
    {
        patterns = PossiblePatterns.Of(view, patterns);
        for (var at = 0; TextScanner.TryFind(view, patterns, at, out var find); at = find.Start + find.Length)
        {
            var end = find.Start + find.Length;
            _finds.Add((origins[find.Start], end < origins.Length ? origins[end] : whole, find.Pattern, level));
        }
    }

    /// <summary>What lies over another becomes one with it, as the deeper level names it.</summary>
    private List<TextFind> Merged(ReadOnlySpan<byte> text)
    {
        _finds.Sort();
        var merged = new List<TextFind>();
        var last = _finds[0];
        foreach (var find in _finds)
        {
            if (find.Start >= last.End)
            {
                merged.Add(new TextFind(last.Pattern, last.Start, last.End - last.Start));
                last = find;
                continue;
            }

            // What began behind a backslash began inside of an escape, of which a half isn't to be left over.
            var isInside = find.Level > last.Level && last.Start > 0 && text[last.Start - 1] == '\\';
            var deeper = find.Level > last.Level ? find : last;
            last = (isInside ? find.Start : last.Start, Math.Max(last.End, find.End), deeper.Pattern, deeper.Level);
        }

        merged.Add(new TextFind(last.Pattern, last.Start, last.End - last.Start));
        return merged;
    }

    private void Rent(int length)
    {
        if (_view.Length < length || _origins.Length < length)
        {
            Dispose();
            _view = ArrayPool<byte>.Shared.Rent(length);
            _origins = ArrayPool<int>.Shared.Rent(length);
        }
    }
}
