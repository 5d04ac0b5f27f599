using System.Net;
using Gateway.Administration.Calls;
using Gateway.Administration.Operations;
using Gateway.Administration.SignIn;
using Gateway.Connectors.Contracts;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;

namespace Gateway.Administration.Listening;

/// <summary>
/// Stands before every operation: what its row doesn't allow ends here, before its body is read. Every change that is refused to somebody
/// who is proven is on record.
/// </summary>
internal sealed partial class OperationGuard(AdministrationOptions options, OperatorServices services, ILogger<OperationGuard> logger)
{
    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            var problem = CheckConnection(http) ?? await CheckAsync(http);
            if (problem is not null)
            {
                await problem.ExecuteAsync(http);
                return;
            }

            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
            {
                await MalformedRequests.Of(http.Response.StatusCode).ExecuteAsync(http); // The framework refused it, in a number alone.
            }
        }
        catch (BadHttpRequestException e)
        {
            await MalformedRequests.Of(e).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await Failed(http, e).ExecuteAsync(http);
        }
    }

    /// <summary>Whether the row says it, whoever calls: a query that isn't known, a role, an entitlement, a proof that is new.</summary>
    private async Task<Problem?> CheckAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint)
        {
            return Problem.NotFound("such operation");
        }

        if (endpoint.Metadata.GetMetadata<AdminOperation>() is not { } operation)
        {
            return null; // There is one at this path: by another method, or for another type of body. The framework's own endpoint says so.
        }

        foreach (var name in http.Request.Query.Keys)
        {
            if (!operation.Query.Contains(name))
            {
                return Problem.Invalid(
                    name,
                    $"'{name}' isn't a parameter of {operation}.",
                    "Leave it out; GET /admin/v1/openapi.json has all."
                );
            }
        }

        if (operation.Access == OperationAccess.Anybody)
        {
            http.Features.Set(new OperatorCall(http, services, who: null));
            return null;
        }

        var (who, problem) = await OperatorAuthentication.ProveAsync(http, services, isUse: true);
        if (who is null)
        {
            return problem;
        }

        var call = new OperatorCall(http, services, who);
        http.Features.Set(call);
        problem = Refusal(http, operation, who, call);
        if (problem is not null && operation.IsChange)
        {
            var origin = call.Origin(problem.Code);
            await services.AnnounceAsync(who.Tenant, GovernedChange.OperationRefused, Asked(http), origin, http.RequestAborted);
        }

        return problem;
    }

    /// <summary>As a record names a request: its method and path, bounded.</summary>
    internal static string Asked(HttpContext http) =>
        $"{http.Request.Method} {http.Request.Path}" is { Length: > 200 } text ? text[..200] : $"{http.Request.Method} {http.Request.Path}";

    private Problem? Refusal(HttpContext http, AdminOperation operation, ProvenOperator who, OperatorCall call)
    {
        if (
            operation.IsChange
            && who.Key.Kind == OperatorKeyKind.Session
            && SessionCookie.Check(http.Request, who.Key, IsOurs) is { } foreign
        )
        {
            return foreign;
        }

        var mayCall = operation.Access switch
        {
            OperationAccess.Roles => (operation.Roles & who.Roles) != 0,
            OperationAccess.Everybody or OperationAccess.Anybody => true,
            OperationAccess.Unspecified => false,
        };
        if (!mayCall)
        {
            return Problem.Forbidden(
                "role_missing",
                $"{operation} is for {RoleNames.Text(operation.Roles)}; you are {(who.Roles == 0 ? "none" : RoleNames.Text(who.Roles))}.",
                "Have a tenant-admin give you the role, or somebody who has it do this."
            );
        }

        if (operation.Entitlement != Entitlement.Unspecified)
        {
            MissingEntitlement? missing = null;
            if (!services.Governance.Current.IsEntitled(who.Tenant, operation.Entitlement, out missing))
            {
                return Problem.Forbidden("entitlement_missing", missing.Problem, missing.Remedy);
            }
        }

        return operation.Fresh && (who.Key.Kind != OperatorKeyKind.Session || call.Now - who.Key.Proven > OperatorAuthentication.Fresh)
            ? Problem.Forbidden(
                "proof_too_old",
                $"{operation} wants to know anew who you are.",
                "Send your password to POST /admin/v1/session/proof; it counts for 5 minutes. A token can't."
            )
            : null;
    }

    /// <summary>Over TLS, on this machine, or from a proxy that ended TLS; and by a name that is ours.</summary>
    private Problem? CheckConnection(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        if (!http.Request.IsHttps && (remote is null || !(IPAddress.IsLoopback(remote) || options.Proxies.Contains(remote))))
        {
            return Problem.Forbidden("tls_required", "Operators are served over TLS.", "Use https://.");
        }

        return options.Known.Contains(http.Request.Host.Value ?? "")
            ? null
            : new(
                StatusCodes.Status421MisdirectedRequest,
                "unknown_host",
                "The listener isn't known by that name.",
                "Use the address that Gateway:Administration:PublicUrl says, or add it to Authorities."
            );
    }

    private bool IsOurs(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var parsed) && options.Known.Contains(parsed.Authority);

    private Problem Failed(HttpContext http, Exception e)
    {
        switch (e)
        {
            case DurableStoreException:
                Log.StoreLost(logger, http.TraceIdentifier, e);
                return Problem.Unavailable("dependency_unavailable", "The durable store can't be reached.");
            case JournalUnavailableException:
                Log.NotRecorded(logger, http.TraceIdentifier, e);
                return Problem.Unavailable(
                    "evidence_unavailable",
                    "The journal can't be written, and what isn't on record doesn't happen."
                );
            default:
                Log.Unforeseen(logger, http.TraceIdentifier, e);
                return new(
                    StatusCodes.Status500InternalServerError,
                    "internal_error",
                    "Something went wrong that wasn't foreseen.",
                    "Look for this request's id in the instance's log."
                );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9501, LogLevel.Error, "The operator's request {RequestId} can't be answered: the durable store can't be reached")]
        public static partial void StoreLost(ILogger logger, string requestId, Exception exception);

        [LoggerMessage(9502, LogLevel.Error, "The operator's request {RequestId} isn't on record, or what it changed isn't yet")]
        public static partial void NotRecorded(ILogger logger, string requestId, Exception exception);

        [LoggerMessage(9503, LogLevel.Error, "The operator's request {RequestId} ended in a way that was not foreseen")]
        public static partial void Unforeseen(ILogger logger, string requestId, Exception exception);
    }
}
