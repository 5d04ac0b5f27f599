using System.Text;

namespace Gateway.Policy.Canonical;

/// <summary>Remembers the last name of every open object, to catch members written out of order. Used in debug builds only.</summary>
internal sealed class NameOrder
{
    private readonly Stack<byte[]?> _last = new();

    public void Clear() => _last.Clear();

    public void Enter() => _last.Push(null);

    public void Leave() => _last.Pop();

    /// <exception cref="InvalidOperationException">The name isn't greater than the one before it, or there is no open object.</exception>
    public void Next(ReadOnlySpan<byte> name)
    {
        var last = _last.Pop();
        if (last is not null && Utf16Order.Compare(last, name) >= 0)
        {
            throw new InvalidOperationException(
                $"Member '{Encoding.UTF8.GetString(name)}' comes after '{Encoding.UTF8.GetString(last)}': "
                    + "canonical JSON has names in order, each once."
            );
        }

        _last.Push(name.ToArray());
    }
}
