using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>One form of a function: its types and what it does.</summary>
internal sealed class Overload
{
    private readonly KindSet[] _kinds;

    /// <param name="takesWholeNumbers">At run time an int may also be a uint or a double, for the body to look at: an index is, where its
    /// type isn't known.</param>
    public Overload(string signature, CelFunction body, bool takesWholeNumbers = false)
    {
        Signature = Signature.Parse(signature);
        Body = body;
        _kinds =
        [
            .. Signature.Parameters.Select(type =>
                takesWholeNumbers && type.IsSame(CelType.Int) ? KindSet.Numbers : KindSet.FromType(type)
            ),
        ];
    }

    public Signature Signature { get; }

    public CelFunction Body { get; }

    /// <summary>Whether these values are of its kinds. The counts are known to be equal.</summary>
    public bool Takes(ReadOnlySpan<CelValue> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!_kinds[i].Has(arguments[i].Kind))
            {
                return false;
            }
        }

        return true;
    }
}
