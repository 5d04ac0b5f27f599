using System.Globalization;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>A message that can't be answered otherwise. The status is 200 where nothing else is said.</summary>
#pragma warning disable CA1710 // It is the protocol's word for it.
internal sealed class McpError(int code, string message) : Exception(message)
#pragma warning restore CA1710
{
    public const int Invalid = -32600;
    public const int Unknown = -32601;
    public const int Parameters = -32602;
    public const int Refused = -32000;
    public const int NoSession = -32001;
    public const int NoResource = -32002;
    public const int Header = -32020;
    public const int Version = -32022;

    public int Code => code;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>As JSON; null for none.</summary>
    public string? Detail { get; init; }

    /// <param name="id">As JSON; null leaves it out.</param>
    /// <param name="data">As JSON; null leaves it out.</param>
    public static string Form(string? id, int code, string message, string? data = null)
    {
        var (idMember, dataMember) = (id is null ? "" : $"\"id\":{id},", data is null ? "" : $",\"data\":{data}");
        var number = code.ToString(CultureInfo.InvariantCulture);
        return $$"""{"jsonrpc":"2.0",{{idMember}}"error":{"code":{{number}},"message":{{Wire.Quote(message)}}{{dataMember}} } }""";
    }
}
