using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Authoring.Formatting;

/// <summary>Where the values of a text stand, so that what looks like a comment inside one isn't taken for one.</summary>
internal static class ScalarSpan
{
    /// <summary>
    /// Each value's first place and the place behind its last, in order. A text behind <c>|</c> or <c>&gt;</c> is left out:
    /// <see cref="BlockText"/> finds it.
    /// </summary>
    public static IEnumerable<(int From, int To)> Find(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (
                parser.Current is Scalar { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } scalar
                && scalar.End.Index > scalar.Start.Index
            )
            {
                var (from, to) = ((int)scalar.Start.Index, (int)scalar.End.Index);
                yield return (from, from + text.AsSpan(from, to - from).TrimEnd().Length);
            }
            else if (parser.Current is Scalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } block)
            {
                yield return BlockText.Read(text, (int)block.Start.Index).Content;
            }
        }
    }
}
