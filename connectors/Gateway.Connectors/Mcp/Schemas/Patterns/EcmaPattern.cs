using System.Buffers;
using System.Text;

namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>
/// A compiled <c>pattern</c>: whether a part of a text matches, in one pass, by following all ways through the pattern at once (Thompson's
/// construction). Works on code points of UTF-8 without allocating, and counts its own steps. The base library's linear engine does
/// neither: it takes UTF-16, has Unicode's <c>\b</c>, and keeps an automaton for each pattern that grows with the texts it saw, so a
/// hostile schema would decide how much memory stays in use. Immutable.
/// </summary>
internal sealed class EcmaPattern
{
    /// <value>Instructions of all patterns of one schema, about: a counted repetition takes its part's as often as it counts.</value>
    public const int Allowance = 65_536;

    private const int FewInstructions = 64;

    private readonly PatternInstruction[] _code;
    private readonly bool _isAnchored;

    private EcmaPattern(PatternInstruction[] code) => (_code, _isAnchored) = (code, code[0].Step == PatternStep.Start);

    /// <exception cref="PatternFault">It isn't a pattern, can't be matched in linear time, or the allowance doesn't suffice.</exception>
    public static EcmaPattern Compile(ReadOnlySpan<byte> utf8, PatternAllowance allowance) =>
        new(PatternProgram.Compile(PatternParser.Parse(utf8, allowance), allowance));

    /// <param name="text">Valid UTF-8.</param>
    /// <param name="steps">What may be spent; below zero afterwards where it didn't suffice, and then the answer means nothing.</param>
    public bool IsMatch(ReadOnlySpan<byte> text, ref long steps)
    {
        var length = _code.Length * 4;
        if (_code.Length <= FewInstructions)
        {
            return Run(text, stackalloc int[length], ref steps);
        }

        var rented = ArrayPool<int>.Shared.Rent(length);
        var isMatch = Run(text, rented.AsSpan(0, length), ref steps);
        ArrayPool<int>.Shared.Return(rented);
        return isMatch;
    }

    private bool Run(ReadOnlySpan<byte> text, Span<int> memory, ref long steps)
    {
        var half = memory.Length / 2;
        var current = new PlaceSet(memory[..half]);
        var next = new PlaceSet(memory[half..]);
        var previous = -1;
        while (steps >= 0)
        {
            if (previous < 0 || !_isAnchored)
            {
                current.Add(0); // A match may begin at every character.
            }

            var isEnd = Rune.DecodeFromUtf8(text, out var rune, out var width) != OperationStatus.Done;
            var character = isEnd ? -1 : rune.Value;
            if (Follow(ref current, ref next, previous, character))
            {
                return true;
            }

            steps -= 1 + current.Count;
            if (isEnd || (_isAnchored && next.Count == 0))
            {
                return false;
            }

            text = text[width..];
            previous = character;
            var emptied = current;
            emptied.Clear();
            current = next;
            next = emptied;
        }

        return false;
    }

    /// <summary>Takes each place that is reached to those that it leads to; true where the pattern ends.</summary>
    private bool Follow(ref PlaceSet current, ref PlaceSet next, int previous, int character)
    {
        for (var i = 0; i < current.Count; i++)
        {
            ref readonly var instruction = ref _code[current[i]];
            switch (instruction.Step)
            {
                case PatternStep.Accept:
                    return true;
                case PatternStep.Fork:
                    current.Add(instruction.Next);
                    current.Add(instruction.Other);
                    break;
                case PatternStep.Character when character >= 0 && instruction.Set!.Has(character):
                    next.Add(instruction.Next);
                    break;
                case PatternStep.Start when previous < 0:
                case PatternStep.End when character < 0:
                case PatternStep.Boundary when IsWord(previous) != IsWord(character):
                case PatternStep.NoBoundary when IsWord(previous) == IsWord(character):
                    current.Add(instruction.Next);
                    break;
            }
        }

        return false;
    }

    private static bool IsWord(int character) => character >= 0 && UnicodeSets.Word.Has(character);

    /// <summary>A set of instructions in the order of adding, emptied at no cost (Briggs and Torczon's sparse set).</summary>
    private ref struct PlaceSet(Span<int> memory)
    {
        private readonly Span<int> _dense = memory[..(memory.Length / 2)];
        private readonly Span<int> _sparse = memory[(memory.Length / 2)..];

        public int Count { get; private set; }

        public readonly int this[int index] => _dense[index];

        public void Add(int place)
        {
            var index = _sparse[place];
            if ((uint)index >= (uint)Count || _dense[index] != place)
            {
                _sparse[place] = Count;
                _dense[Count++] = place;
            }
        }

        public void Clear() => Count = 0;
    }
}
