using Gateway.Administration.Calls;
using Gateway.Administration.Operations;
using Gateway.Policy.Model;

namespace Gateway.Administration.Listening;

/// <summary>
/// Puts on record what is asked before it begins, so that nothing begins that can't be recorded, and what it changed before its answer.
/// </summary>
internal sealed class OperationRecording(AdminOperation operation, OperatorServices services) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Who isn't proven yet has no tenant: the sign-in's desk records what it finds.
        if (!operation.IsChange || operation.Access == OperationAccess.Anybody)
        {
            return await next(context);
        }

        var call = context.HttpContext.Features.Get<OperatorCall>()!;
        var asked = OperationGuard.Asked(context.HttpContext);
        await services.AnnounceAsync(call.Tenant, GovernedChange.OperationAsked, asked, call.Origin(""), call.Cancelled);
        try
        {
            return await next(context);
        }
        finally
        {
            // Also where whoever asked has gone, or something failed behind it: what was done, was done.
            await services.RecordAsync(call.Tenant, CancellationToken.None);
        }
    }
}
