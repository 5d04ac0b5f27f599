using System.Numerics;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Follows a walk through JSON and says which of some pointers lead to where it stands. One bit a pointer and depth, so it holds at most
/// <see cref="MaxPointers"/>.
/// </summary>
internal sealed class PointerTrail
{
    public const int MaxPointers = 64;

    private readonly IReadOnlyList<ArgumentPointer?> _pointers;

    /// <summary>
    /// As deep as the deepest pointer: below that nothing is led to, and only the depth counts. Without pointers it is one level.
    /// </summary>
    private readonly Level[] _levels;

    private int _depth;

    /// <param name="pointers">Null leads to the whole document.</param>
    public PointerTrail(IReadOnlyList<ArgumentPointer?> pointers)
    {
        if (pointers.Count > MaxPointers)
        {
            throw new ArgumentException($"At most {MaxPointers} pointers can be followed.", nameof(pointers));
        }

        _pointers = pointers;
        _levels = new Level[1 + DeepestOf(pointers)];
        _levels[0] = new Level { Alive = pointers.Count == MaxPointers ? ulong.MaxValue : (1UL << pointers.Count) - 1 };
        _levels[0].Here = _levels[0].Alive;
    }

    /// <summary>A bit for each pointer that leads exactly to the value that comes next.</summary>
    public ulong Exact
    {
        get
        {
            ulong exact = 0;
            if (IsBelow)
            {
                return exact;
            }

            for (var left = _levels[_depth].Here; left != 0; left &= left - 1)
            {
                var at = BitOperations.TrailingZeroCount(left);
                exact |= (_pointers[at]?.Depth ?? 0) == _depth ? 1UL << at : 0;
            }

            return exact;
        }
    }

    /// <summary>Into the object or array whose value was next.</summary>
    public void Enter(bool isArray)
    {
        var alive = IsBelow ? 0 : _levels[_depth].Here;
        _depth++;
        if (!IsBelow)
        {
            _levels[_depth] = new Level
            {
                Alive = alive,
                IsArray = isArray,
                Index = -1,
            };
        }
    }

    public void Leave() => _depth--;

    /// <summary>In an object: the value of the member of this name comes next.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        if (IsBelow)
        {
            return;
        }

        ref var level = ref _levels[_depth];
        level.Here = 0;
        for (var left = level.Alive; left != 0; left &= left - 1)
        {
            var at = BitOperations.TrailingZeroCount(left);
            level.Here |= Leads(at) && _pointers[at]!.GoesTo(_depth - 1, name) ? 1UL << at : 0;
        }
    }

    /// <summary>Before a value: in an array, the next item comes.</summary>
    public void Item()
    {
        if (IsBelow || !_levels[_depth].IsArray)
        {
            return;
        }

        ref var level = ref _levels[_depth];
        level.Here = 0;
        level.Index++;
        for (var left = level.Alive; left != 0; left &= left - 1)
        {
            var at = BitOperations.TrailingZeroCount(left);
            level.Here |= Leads(at) && _pointers[at]!.GoesTo(_depth - 1, level.Index) ? 1UL << at : 0;
        }
    }

    private bool IsBelow => _depth >= _levels.Length;

    private static int DeepestOf(IReadOnlyList<ArgumentPointer?> pointers)
    {
        var deepest = 0;
        for (var i = 0; i < pointers.Count; i++)
        {
            deepest = Math.Max(deepest, pointers[i]?.Depth ?? 0);
        }

        return deepest;
    }

    private bool Leads(int at) => (_pointers[at]?.Depth ?? 0) >= _depth;

    private struct Level
    {
        /// <summary>Those that lead into the object or array.</summary>
        public ulong Alive;

        /// <summary>Those that lead to the value in it that comes next, or into that.</summary>
        public ulong Here;

        public bool IsArray;
        public int Index;
    }
}
