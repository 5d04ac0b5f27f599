using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Cli.Bridging;

/// <summary>The bridge's own error messages. Codes are those of JSON-RPC and those that official clients and servers use.</summary>
internal static class RpcError
{
    public const int Unreadable = -32700;
    public const int Invalid = -32600;
    public const int Internal = -32603;

    /// <summary>The program ended, or never began to answer.</summary>
    public const int Closed = -32000;

    /// <summary>No answer in time; on an HTTP 404, no such session.</summary>
    public const int TimedOut = -32001;

    /// <param name="id">As JSON; empty for none, and then the member is left out: clients refuse <c>null</c>.</param>
    public static byte[] Of(string id, int code, string message)
    {
        var member = id.Length == 0 ? "" : $"\"id\":{id},";
        var text = JavaScriptEncoder.Default.Encode(message);
        return Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"jsonrpc":"2.0",{{{member}}}"error":{"code":{{{code}}},"message":"{{{text}}}"}}"""
            )
        );
    }
}
