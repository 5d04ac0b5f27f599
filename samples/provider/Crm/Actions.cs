using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Crm;

/// <summary>The actions that matter most when an agent gets them wrong.</summary>
internal static class Actions
{
    public static Task RefundAsync(Exchange exchange)
    {
        var contact = Wire.Quote(exchange.Body.RequiredText("contact"));
        var amount = exchange.Body.Number("amount") ?? throw new RequestBodyException("Missing required parameter: 'amount'.");
        var currency = Wire.Quote(exchange.Body.Text("currency") ?? "EUR");
        return exchange.SendAsync(
            $$"""
            {"id":"{{Wire.NextId("r-")}}","contact":{{contact}},"amount":{{amount}},"currency":{{currency}},"status":"paid"}
            """,
            StatusCodes.Status201Created
        );
    }

    public static Task ExportAsync(Exchange exchange)
    {
        var format = Wire.Quote(exchange.Body.Text("format") ?? "csv");
        return exchange.SendAsync(
            $$"""{"id":"{{Wire.NextId("e-")}}","format":{{format}},"status":"running"}""",
            StatusCodes.Status202Accepted
        );
    }
}
