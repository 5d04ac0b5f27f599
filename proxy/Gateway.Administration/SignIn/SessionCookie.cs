using System.Security.Cryptography;
using System.Text;
using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;

namespace Gateway.Administration.SignIn;

/// <summary>A browser's session: the cookie that holds it, and what keeps foreign pages from using it.</summary>
internal static class SessionCookie
{
    /// <value><c>__Host-</c> is the browser's promise: only over TLS or on this machine, from this host, for all paths.</value>
    public const string Name = "__Host-gateway";

    public const string CsrfHeader = "Gateway-Csrf";

    public static void Set(HttpContext http, string text) => http.Response.Cookies.Append(Name, text, Options);

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options);

    /// <summary>
    /// Whether a change that a browser sends is our own page's: the token that only our pages can read, our origin, and a body that no form
    /// of another page can send. Whoever has a token for programs isn't a browser.
    /// </summary>
    public static Problem? Check(HttpRequest request, OperatorKey session, Func<string, bool> isOurs)
    {
        if (request.Headers.Origin is not [var origin] || origin is null || !isOurs(origin))
        {
            return Refused("The request comes from another origin.", "Send 'Origin' with the address that this listener is reached by.");
        }

        var given = Encoding.UTF8.GetBytes(request.Headers[CsrfHeader].ToString());
        return session.Csrf.Length > 0 && CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(session.Csrf))
            ? null
            : Refused("The request doesn't carry its session's token.", $"Send 'csrf' of GET /admin/v1/session in '{CsrfHeader}'.");
    }

    private static Problem Refused(string detail, string remedy) => Problem.Forbidden("csrf_refused", detail, remedy);

    private static CookieOptions Options { get; } =
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        };
}
