@echo off
rem This file is plain ASCII: cmd may lose its place in a file with Vietnamese letters. Messages come from
rem Python and from UTF-8 text files; unmarked words stand only where none of these can be read.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title NTM
set "NTM_KIT=%~dp0"
if not exist "%NTM_KIT%bo-cai\__main__.py" goto incomplete
set "NTM_PYTHON=%NTM_KIT%python\python.exe"
if exist "%NTM_PYTHON%" goto run
set "NTM_PYTHON="
for %%V in (3.13 3.12 3.11) do if not defined NTM_PYTHON call :try py -%%V
if not defined NTM_PYTHON call :try python
if not defined NTM_PYTHON goto nopython

:run
"%NTM_PYTHON%" -X utf8 -I -B "%NTM_KIT%bo-cai" check
set "NTM_CODE=%ERRORLEVEL%"
if not %NTM_CODE%==0 if not %NTM_CODE%==3 type "%NTM_KIT%bo-cai\loi.txt"
echo.
pause
exit /b %NTM_CODE%

:try
for /f "delims=" %%P in ('%* -c "import sys; print(sys.executable) if sys.version_info[:2] in ((3, 11), (3, 12), (3, 13)) else None" 2^>nul') do set "NTM_PYTHON=%%P"
exit /b 0

:nopython
type "%NTM_KIT%bo-cai\thieu-python.txt"
echo.
pause
exit /b 1

:incomplete
echo CHUA CAI DUOC: bo cai chep thieu, hoac chua giai nen.
echo Hay bam chuot phai vao tep zip, chon Extract All, roi chay lai Cai-dat.cmd trong thu muc moi.
echo Du lieu khong bi dung toi.
pause
exit /b 1
