/**
 * Registered ports (1024 to 49151) in wide use, each with the name that IANA registered it under for TCP; what runs
 * there is often something else. IANA does not say what is in use, so a port is here if IANA assigns it for TCP, the
 * catalogue has no entry for it, and one of these lists has it in use over TCP, alone or in a range of at most five:
 *
 * - /etc/services of Debian's package netbase 6.4: https://salsa.debian.org/md/netbase
 * - https://en.wikipedia.org/wiki/List_of_TCP_and_UDP_port_numbers, August 2026, whose rule is significant uptake
 */
const TABLE = `
  1029 solid-mux, 1058 nim, 1059 nimreg, 1085 webobjects, 1093 proofd, 1094 rootd, 1098 rmiactivation
  1112 icp, 1119 bnetgame, 1127 kwdb-commn, 1144 fuscript, 1167 cisco-ipsla, 1178 sgi-storman
  1198 cajo-discovery, 1212 lupa, 1214 kazaa, 1220 qt-serveradmin, 1234 search-agent, 1236 bvcontrol
  1241 nessus, 1270 opsmgr, 1293 pkt-krb-ipsec, 1313 bmc_patroldb, 1314 pdps, 1319 amx-icsp
  1337 menandmice-dns, 1341 qubes, 1344 icap, 1352 lotusnote, 1360 mimer, 1417 timbuktu-srv1
  1418 timbuktu-srv2, 1419 timbuktu-srv3, 1420 timbuktu-srv4, 1431 rgtp, 1476 clvm-cfg, 1481 airs
  1492 stone-design-1, 1500 vlsi-lm, 1501 saiscm, 1503 imtc-mcs, 1512 wins, 1513 fujitsu-dtc, 1527 tlisrv
  1533 virtual-places, 1540 rds, 1541 rds2, 1542 gridgen-elmd, 1545 vistium-share, 1547 laplink
  1550 3m-image-lm, 1581 mil-2045-47001, 1582 msims, 1583 simbaexpress, 1589 vqp, 1604 icabrowser
  1626 shockwave, 1627 t128-gateway, 1628 lontalk-norm, 1629 lontalk-urgnt, 1645 sightline, 1646 sa-msg-port
  1649 kermit, 1677 groupwise, 1688 nsjtp-data, 1701 l2tp, 1707 vdmplay, 1719 h323gatestat
  1755 ms-streaming, 1761 cft-0, 1776 femis, 1812 radius, 1813 radius-acct, 1863 msnp, 1880 vsat-control
  1935 macromedia-fcs, 1965 tivoli-npm, 1972 intersys-cache, 1984 bb, 1998 x25-svc-port, 2000 cisco-sccp
  2010 search, 2019 whosockami, 2033 glogger, 2056 omnisky, 2080 autodesk-nlm, 2095 nbx-ser, 2096 nbx-dir
  2100 amiganetfs, 2101 rtcm-sc104, 2102 zephyr-srv, 2103 zephyr-clt, 2104 zephyr-hm, 2119 gsigatekeeper
  2121 scientia-ssdb, 2123 gtp-control, 2135 gris, 2142 tdmoip, 2152 gtp-user, 2197 mnp-exchange
  2210 noaaport, 2211 emwin, 2221 ethernet-ip-s, 2223 rockwell-csp2, 2224 efi-mg, 2225 rcip-itu, 2226 di-drm
  2240 recipe, 2261 comotionmaster, 2262 comotionback, 2351 psrserver, 2368 opentable, 2369 bif-p2p
  2370 l3-hbmon, 2372 lanmessenger, 2399 fmpro-fdal, 2424 kofax-svr, 2426 vcmp, 2427 mgcp-gateway
  2430 venus, 2431 venus-se, 2432 codasrv, 2433 codasrv-se, 2447 ovwdb, 2456 altav-remmgt, 2459 xrpl
  2480 powerexchange, 2483 ttc, 2484 ttc-ssl, 2500 rtsserv, 2535 madcap, 2541 lonworks2, 2546 vytalvaultbrtp
  2547 vytalvaultvsmp, 2548 vytalvaultpipe, 2583 mon, 2593 mns-mail, 2598 citriximaclient, 2599 snapd
  2600 hpstgmgr, 2601 discp-client, 2602 discp-server, 2603 servicemeter, 2604 nsc-ccs, 2605 nsc-posa
  2606 netmon, 2607 connection, 2608 wag-service, 2628 dict, 2710 sso-service, 2727 mgcp-callagent
  2761 dicom-iscl, 2762 dicom-tls, 2775 smpp, 2792 f5-globalsite, 2809 corbaloc, 2811 gsiftp
  2827 slc-ctrlrloops, 2944 megaco-h248, 2945 h248-binary, 2947 gpsd, 2948 wap-push, 2949 wap-pushsecure
  2967 ssc-agent, 2989 zarkov, 3001 origo-native, 3004 csoftragent, 3010 gw, 3020 cifs, 3052 apc-3052
  3074 xbox, 3101 hp-pxpib, 3205 isns, 3225 fcip-port, 3233 whisker, 3305 odette-ftp, 3333 dec-notes
  3344 bnt-manager, 3351 btrieve, 3386 gprs-data, 3396 printer_agent, 3412 xmlblaster, 3423 xtrm, 3424 xtrms
  3435 pacom, 3455 prsvp, 3478 stun-behavior, 3479 twrpc, 3480 plethora, 3483 slim-devices, 3493 nut
  3503 lsp-ping, 3516 smartcard-port, 3535 ms-la, 3551 apcupsd, 3601 visinet-gui, 3645 cyc, 3655 abatemgr
  3659 apple-sasl, 3667 infoexch, 3671 efcp, 3689 daap, 3702 ws-discovery, 3721 xsync, 3724 blizwow
  3725 na-er-tip, 3749 cimtrak, 3768 rblcheckd, 3804 iqnet-port, 3825 ffserver, 3826 warmux
  3830 cernsysmgmtagt, 3835 spectardb, 3856 informer, 3868 diameter, 3872 oem-agent, 3880 igrs, 3900 udt_os
  3911 prnstatus, 3978 secure-cfg-svr, 3979 smwan, 3999 nvcnet, 4001 newoak, 4018 talarian-mcast4
  4031 suucp, 4035 wap-push-http, 4045 npp, 4050 cisco-wafs, 4061 ice-location, 4070 tripe, 4089 opencore
  4090 omasgport, 4093 pvxpluscs, 4094 sysrqd, 4096 bre, 4105 shofar, 4111 xgrid, 4116 smartcard-tls
  4125 opsview-envoy, 4190 sieve, 4195 aws-wsp, 4197 hctl, 4303 srcp, 4307 trueconf, 4321 rwhois
  4353 f5-iquery, 4373 remctl, 4420 nvme, 4445 upnotifyp, 4455 prchat-user, 4460 ntske, 4486 icms
  4488 awacs-ice, 4559 hylafax, 4567 tram, 4604 irp, 4605 sixchat, 4662 oms, 4664 ems, 4691 mtn
  4711 trinity-dist, 4728 capmux, 4739 ipfix, 4753 simon, 4843 opcua-tls, 4847 wfc, 4894 lyskom, 4900 hfcs
  4950 sybasesrvmon, 5002 rfe, 5003 fmpro-internal, 5004 avt-profile-1, 5007 wsm-server-ssl
  5010 telelpathstart, 5011 telelpathattack, 5022 mice, 5025 scpi-raw, 5048 texai, 5051 ita-agent
  5062 na-localise, 5064 ca-1, 5070 vtsas, 5075 pvaccess, 5080 onscreen, 5084 llrp, 5085 encrypted-llrp
  5099 sentlm-srv2srv, 5150 atmp, 5151 esri_sde, 5154 bzflag, 5172 pcoip-mgmt, 5190 aol, 5200 targus-getdata
  5201 targus-getdata1, 5223 hpvirtgrp, 5228 hpvroom, 5231 crusecontrol, 5232 csedaemon, 5235 galaxy-network
  5236 padl2sim, 5242 attune, 5243 xycstatus, 5269 xmpp-server, 5280 xmpp-bosh, 5281 undo-lm, 5298 presence
  5308 cfengine, 5318 pkix-cmc, 5349 stun-behaviors, 5355 llmnr, 5357 wsdapi, 5358 wsdapi-s, 5402 mftp
  5405 netsupport, 5412 continuus, 5413 wwiotalk, 5417 sns-agent, 5421 netsupport2, 5433 pyrrho, 5450 tiepie
  5500 fcp-addr-srvr1, 5501 fcp-addr-srvr2, 5550 cbus, 5554 sgi-esphttp, 5556 freeciv, 5568 sdt, 5670 filemq
  5680 auriga-router, 5683 coap, 5684 coaps, 5693 rbsystem, 5718 dpm, 5719 dpm-agent, 5722 msdfsr, 5723 omhs
  5724 omsdk, 5741 ida-discover1, 5742 ida-discover2, 5905 asmgcs, 5988 wbem-http, 5989 wbem-https
  6086 pdtp, 6100 synchronet-db, 6101 synchronet-rtc, 6110 softcm, 6111 spc, 6112 dtspcd, 6113 dayliteserver
  6121 spdy, 6122 bex-webadmin, 6159 efb-aci, 6160 ecmp, 6161 patrol-ism, 6162 patrol-coll, 6163 pscribe
  6200 lm-x, 6244 jeol-nsdtp-4, 6346 gnutella-svc, 6347 gnutella-rtr, 6350 adap, 6389 clariion-evr01
  6444 sge_qmaster, 6445 sge_execd, 6446 mysql-proxy, 6464 ieee11073-20701, 6513 netconf-tls
  6514 syslog-tls, 6515 elipse-rec, 6543 lds-distrib, 6566 sane-port, 6600 mshvlm, 6601 mstmg-sstp
  6602 wsscomfrmwk, 6610 bencher, 6619 odette-ftps, 6622 mcftp, 6626 wago-service, 6679 osaut
  6690 cleverdetect, 6697 ircs-u, 6715 fibotrader-com, 6785 dgpf-exchg, 6789 radg, 6801 acnet, 6888 muse
  6901 jetstream, 6924 split-ping, 6935 ethoscan, 6936 xsmsvc, 6969 acmsoda, 7000 afs3-fileserver
  7005 afs3-volser, 7006 afs3-errors, 7010 ups-onlinet, 7022 ctdp, 7025 vmsvc-2, 7100 font-service
  7171 drm-production, 7262 cnap, 7272 watchme-7272, 7400 rtps-discovery, 7401 rtps-dd-ut, 7402 rtps-dd-mt
  7471 sttunnel, 7473 rise, 7478 openit, 7542 saratoga, 7624 indi, 7631 tesla-sys-msg, 7680 ms-do, 7777 cbt
  7880 pss, 8005 mxi, 8007 warppipe, 8021 intu-ec-client, 8042 fs-agent, 8061 nikatron-dev, 8070 ucs-isc
  8074 gadugadu, 8100 xprint-server, 8102 kz-migr, 8118 privoxy, 8140 puppet, 8182 vmware-fdm, 8184 itach
  8194 blp1, 8195 blp2, 8243 synapse-nhttps, 8280 synapse-nhttp, 8401 sabarsd, 8403 admind, 8444 pcsync-http
  8448 matrix-fed, 8501 cmtp-mgt, 8555 d-fence, 8611 canon-bjnp1, 8612 canon-bjnp2, 8613 canon-bjnp3
  8614 canon-bjnp4, 8765 ultraseek-http, 8889 ddi-tcp-2, 8990 http-wmap, 8997 oracle-ms-ens
  8998 canto-roboflow, 8999 bctp, 9001 etlservicemgr, 9002 dynamid, 9008 ogs-server, 9050 versiera
  9051 fio-cmgmt, 9060 CardWeb-IO, 9080 glrpc, 9119 mxit, 9217 fsc-port, 9293 storview, 9295 armcenterhttps
  9306 sphinxql, 9312 sphinxapi, 9339 gnmi-gnoi, 9535 mngsuite, 9536 laes-bf, 9667 xmms2, 9695 ccnx
  9800 davsrc, 9875 sapv1, 9877 x510, 9898 monkeycom, 9911 sype-transport, 9981 pumpkindb
  9987 dsm-scm-target, 9997 palace-6, 9999 distinct, 10009 swdtp-sv, 10080 amanda, 10081 famdc
  10101 ezmeeting-2, 10110 nmea-0183, 10200 trisoap, 10201 rsms, 10809 nbd, 10933 octopustentacle, 11111 vce
  11235 xcompute, 11371 hkp, 12000 entextxid, 12013 vipera-ssl, 12345 italk, 13400 doip-data, 13720 bprd
  13721 bpdbm, 13783 vopied, 13785 nbdb, 13786 nomdb, 15000 hydap, 15345 xpilot, 16000 fmsas, 17225 trdp-md
  17500 db-lsp, 18104 radpdf, 18769 ique, 19000 igrid, 22000 snapenetio, 22125 dcap, 22128 gsidcap
  22222 easyengine, 22273 wnn6, 22347 wibukey, 22350 codemeter, 22351 codemeter-cmwan, 24465 tonidods
  24554 binkp, 26000 quake, 27016 chlenix, 28000 nxlmd, 28001 pqsp, 29000 saltd-licensing
  30003 amicon-fpsu-ra, 31337 eldim, 31416 xqosd, 31457 tetrinet, 33434 traceroute, 35357 openstack-id
  40000 safetynetp, 41121 tentacle, 41794 crestron-cip, 41796 crestron-cips, 41797 crestron-ctps
  42999 curiosity, 48556 com-bardac-dw
`

/** Port to IANA's name, ascending. */
export const widelyUsed: ReadonlyMap<number, string> = new Map(
  [...TABLE.matchAll(/(\d+) ([^\s,]+)/g)].map(([, port, name = '']) => [Number(port), name]),
)
