namespace Gateway.Cel;

/// <summary>
/// What a condition gave. The zero value is an error: neither does an allowing rule apply, nor does a restricting one stay away.
/// </summary>
public enum CelTruth
{
    Error,
    False,
    True,
}
