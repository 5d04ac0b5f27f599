using System.Diagnostics;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// Secret text that can't be shown by accident: printing, formatting or debugging it gives stars. Only <see cref="Reveal"/> gives the
/// value, so that every use can be found.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The value. Only where it is put into an outgoing request or checked against one.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
